/** Usage windows: absolute counts, written at most every half second per window. */
@NullMarked
package io.sluice.sinks.usage;

import org.jspecify.annotations.NullMarked;
