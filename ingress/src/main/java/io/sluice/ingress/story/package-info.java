/** One request's story, read out of the archive of audit records. */
@NullMarked
package io.sluice.ingress.story;

import org.jspecify.annotations.NullMarked;
