package io.sluice.benchmarks.engine;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.NoEffects;
import org.jspecify.annotations.Nullable;

/** Keeps the last decision, so that making it cannot be optimised away, and counts admissions. */
final class LastDecision extends NoEffects {
    private long admitted;
    private @Nullable Decision last;

    long admitted() {
        return admitted;
    }

    @Nullable Decision last() {
        return last;
    }

    @Override
    public void reject(RequestFacts facts, Decision decision) {
        last = decision;
    }

    @Override
    public void serve(RequestFacts facts, Decision decision, String cacheKey) {
        last = decision;
    }

    @Override
    public void invoke(RequestFacts facts, Decision decision) {
        last = decision;
        admitted++;
    }

    @Override
    public void invokeTurn(RequestFacts facts, Decision decision, String conversation, int turns) {
        last = decision;
    }

    @Override
    public void park(RequestFacts facts, Decision decision) {
        last = decision;
    }
}
