/** Dead letters: looking at what could not be processed, and sending it in again. */
@NullMarked
package io.sluice.ingress.letter;

import org.jspecify.annotations.NullMarked;
