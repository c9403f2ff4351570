/** Seen ids against a plain list. */
@NullMarked
package io.sluice.pipeline.dedupe;

import org.jspecify.annotations.NullMarked;
