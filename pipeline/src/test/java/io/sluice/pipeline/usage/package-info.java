/** Usage windows and labels at their boundaries. */
@NullMarked
package io.sluice.pipeline.usage;

import org.jspecify.annotations.NullMarked;
