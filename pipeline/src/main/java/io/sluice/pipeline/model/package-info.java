/** Calling the model: scheduling, the call itself, pricing, and the final result. */
@NullMarked
package io.sluice.pipeline.model;

import org.jspecify.annotations.NullMarked;
