/** Tables and progress on a terminal. */
@NullMarked
package io.sluice.local.command.print;

import org.jspecify.annotations.NullMarked;
