/** The ledger of attempts to call models: claimed before the call, finished after it. */
@NullMarked
package io.sluice.sinks.ledger;

import org.jspecify.annotations.NullMarked;
