/** Limits at their boundaries. */
@NullMarked
package io.sluice.pipeline.limit;

import org.jspecify.annotations.NullMarked;
