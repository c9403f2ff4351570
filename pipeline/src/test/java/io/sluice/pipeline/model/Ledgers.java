package io.sluice.pipeline.model;

import io.sluice.contract.json.PriceBookJson;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.ledger.AttemptStore;

/** Ledgers as the tests need them. */
final class Ledgers {
    static final long LONGEST_MILLIS = 300_000;

    private Ledgers() {}

    /** The ledger of a run that begins now. */
    static AttemptLedger of(
            AttemptStore store,
            String run,
            InvokerClock clock,
            Backoff backoff,
            InvokeMetrics metrics) {
        return new AttemptLedger(
                store,
                new PersistentCalls(clock, backoff, metrics::attemptStoreFailed),
                rules(run, clock.millis()),
                clock,
                metrics);
    }

    static AttemptRules rules(String run, long openedAtMillis) {
        return new AttemptRules(
                PriceBookJson.shipped(), new RunId(openedAtMillis, run), LONGEST_MILLIS);
    }
}
