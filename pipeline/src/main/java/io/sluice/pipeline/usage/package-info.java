/** Usage windows: what a tenant consumed per minute, hour and day. */
@NullMarked
package io.sluice.pipeline.usage;

import org.jspecify.annotations.NullMarked;
