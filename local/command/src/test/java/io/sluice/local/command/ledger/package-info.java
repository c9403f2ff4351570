@NullMarked
package io.sluice.local.command.ledger;

import org.jspecify.annotations.NullMarked;
