/** Tests of subcommands that need no running system. */
@NullMarked
package io.sluice.local.command;

import org.jspecify.annotations.NullMarked;
