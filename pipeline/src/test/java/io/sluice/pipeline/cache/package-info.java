/** The response cache at its boundaries. */
@NullMarked
package io.sluice.pipeline.cache;

import org.jspecify.annotations.NullMarked;
