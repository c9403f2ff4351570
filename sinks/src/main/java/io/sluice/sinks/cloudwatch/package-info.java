/** Metrics for people: statistic sets per minute, never the ledger. */
@NullMarked
package io.sluice.sinks.cloudwatch;

import org.jspecify.annotations.NullMarked;
