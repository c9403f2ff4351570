package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import org.jspecify.annotations.Nullable;

/** Does nothing about what the engine wants, but for the last decision, which it keeps. */
class QuietEffects extends NoEffects {
    @Nullable Decision decision;

    @Override
    public void reject(RequestFacts facts, Decision taken) {
        decision = taken;
    }

    @Override
    public void serve(RequestFacts facts, Decision taken, String cacheKey) {
        decision = taken;
    }

    @Override
    public void invoke(RequestFacts facts, Decision taken) {
        decision = taken;
    }

    @Override
    public void invokeTurn(RequestFacts facts, Decision taken, String conversation, int turns) {
        decision = taken;
    }

    @Override
    public void park(RequestFacts facts, Decision taken) {
        decision = taken;
    }
}
