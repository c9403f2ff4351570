/** Money at the edges of periods and of a long. */
@NullMarked
package io.sluice.pipeline.budget;

import org.jspecify.annotations.NullMarked;
