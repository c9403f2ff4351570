/** Money: what is spent per calendar period and what is held for calls that have not ended. */
@NullMarked
package io.sluice.pipeline.budget;

import org.jspecify.annotations.NullMarked;
