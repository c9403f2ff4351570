/** Which call of a model runs next, and what each target of calls bears: rules without a clock. */
@NullMarked
package io.sluice.pipeline.model.schedule;

import org.jspecify.annotations.NullMarked;
