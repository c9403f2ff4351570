/** The engine without the job: what a policy would have decided about a recorded trace. */
@NullMarked
package io.sluice.pipeline.replay;

import org.jspecify.annotations.NullMarked;
