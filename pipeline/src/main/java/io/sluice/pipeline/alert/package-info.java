/**
 * What should not be: rules over a tenant's own log that say when something crosses a line. Pure;
 * time is the arrival time of the records.
 */
@NullMarked
package io.sluice.pipeline.alert;

import org.jspecify.annotations.NullMarked;
