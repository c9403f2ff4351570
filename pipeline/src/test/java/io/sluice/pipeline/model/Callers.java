package io.sluice.pipeline.model;

import io.sluice.contract.json.PriceBookJson;
import io.sluice.sinks.aws.Backoff;

/** Callers of models as the tests need them: in us-east-1, at the shipped prices. */
final class Callers {
    private Callers() {}

    static ModelCaller of(
            ModelClient client,
            AttemptLedger ledger,
            Breakers breakers,
            int maxAttempts,
            InvokerClock clock,
            Backoff backoff,
            InvokeMetrics metrics) {
        return new ModelCaller(
                new TargetAttempts(client, ledger, clock),
                new Router(breakers, "us-east-1"),
                new Retries(maxAttempts, backoff, clock, metrics),
                new FinalResults(PriceBookJson.shipped()),
                clock,
                metrics);
    }

    /** Circuits that nobody looks at. */
    static Breakers breakers() {
        return new Breakers(BreakerSettings.SHIPPED, 1, (place, circuit) -> {});
    }
}
