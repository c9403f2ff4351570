/** The tables that money is read from, a tenant at a time. */
@NullMarked
package io.sluice.local.command.ledger;

import org.jspecify.annotations.NullMarked;
