/** Dead letters: what could not be processed, kept so that it can be looked at and redriven. */
@NullMarked
package io.sluice.sinks.letter;

import org.jspecify.annotations.NullMarked;
