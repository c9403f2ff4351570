package io.sluice.pipeline.replay;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.NoEffects;
import io.sluice.pipeline.usage.UsageChange;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the engine wants done instead of doing it. No call of a trace fails, is withdrawn or
 * continues a conversation, so the engine has no reason to ask for what would follow from that.
 */
final class Bookkeeping extends NoEffects {
    private final Totals totals = new Totals();
    private final MinutePeak minutePeak = new MinutePeak();
    private @Nullable Decision latest;

    /** What became of the tenant's requests so far. */
    Totals totals() {
        return totals;
    }

    /** The most admissions in any 60 s so far. */
    long minutePeak() {
        return minutePeak.peak();
    }

    /** The decision on the request at hand. */
    Decision takeDecision() {
        Decision decision = latest;
        if (decision == null) {
            throw new IllegalStateException("the engine decided nothing about a new request");
        }
        latest = null;
        return decision;
    }

    @Override
    public void reject(RequestFacts facts, Decision decision) {
        decided(decision);
    }

    @Override
    public void serve(RequestFacts facts, Decision decision, String cacheKey) {
        admitted(decision);
    }

    @Override
    public void invoke(RequestFacts facts, Decision decision) {
        admitted(decision);
    }

    @Override
    public void park(RequestFacts facts, Decision decision) {
        admitted(decision);
    }

    @Override
    public void usage(UsageChange change) {
        totals.count(change.counts());
    }

    @Override
    public void invokeTurn(RequestFacts facts, Decision decision, String conversation, int turns) {
        throw unexpected("a turn of a conversation");
    }

    @Override
    public void invokeParked(String requestId, String model) {
        throw unexpected("a call in place of a failed one");
    }

    @Override
    public void cancelParked(String requestId) {
        throw unexpected("a withdrawal");
    }

    @Override
    public void withdraw(String requestId) {
        throw unexpected("a withdrawal");
    }

    private void admitted(Decision decision) {
        decided(decision);
        minutePeak.admitted(decision.decidedAtMillis());
    }

    private void decided(Decision decision) {
        latest = decision;
        totals.count(decision);
    }

    private static IllegalStateException unexpected(String what) {
        return new IllegalStateException("the engine asks for " + what + ", which no trace has");
    }
}
