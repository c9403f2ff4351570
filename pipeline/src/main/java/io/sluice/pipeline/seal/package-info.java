/** Sealing the archive of audit records while the job runs. */
@NullMarked
package io.sluice.pipeline.seal;

import org.jspecify.annotations.NullMarked;
