/** The {@code sluice} command: its subcommands and their options. */
@NullMarked
package io.sluice.local.command;

import org.jspecify.annotations.NullMarked;
