/** Items with versions: written into a table when they change, never backwards. */
@NullMarked
package io.sluice.sinks.versioned;

import org.jspecify.annotations.NullMarked;
