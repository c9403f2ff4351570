/** The wiring as a whole. */
@NullMarked
package io.sluice.pipeline.topology;

import org.jspecify.annotations.NullMarked;
