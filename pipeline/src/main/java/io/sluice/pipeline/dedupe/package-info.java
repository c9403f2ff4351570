/** Which request ids a tenant has used lately. */
@NullMarked
package io.sluice.pipeline.dedupe;

import org.jspecify.annotations.NullMarked;
