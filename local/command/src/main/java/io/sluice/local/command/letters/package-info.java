/** Dead letters over the administration's API, and how they look on a terminal. */
@NullMarked
package io.sluice.local.command.letters;

import org.jspecify.annotations.NullMarked;
