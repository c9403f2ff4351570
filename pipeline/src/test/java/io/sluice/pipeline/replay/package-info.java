/** Tests of what the simulator makes of traces. */
@NullMarked
package io.sluice.pipeline.replay;

import org.jspecify.annotations.NullMarked;
