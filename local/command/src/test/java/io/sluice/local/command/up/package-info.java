/** Starts the whole system and keeps it running. */
@NullMarked
package io.sluice.local.command.up;

import org.jspecify.annotations.NullMarked;
