package io.sluice.benchmarks.engine;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.Effects;
import io.sluice.pipeline.usage.UsageChange;
import org.jspecify.annotations.Nullable;

/** Keeps the last decision, so that making it cannot be optimised away, and counts admissions. */
final class NoEffects implements Effects {
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

    @Override
    public void answerParked(String requestId) {}

    @Override
    public void failParked(String requestId, @Nullable String reason) {}

    @Override
    public void cancelParked(String requestId) {}

    @Override
    public void invokeParked(String requestId, String model) {}

    @Override
    public void withdraw(String requestId) {}

    @Override
    public void keepAnswer(String cacheKey) {}

    @Override
    public void dropAnswer(String cacheKey) {}

    @Override
    public void keepTurn(String conversation, String requestId) {}

    @Override
    public void dropTurn(String requestId) {}

    @Override
    public void dropConversation(String conversation) {}

    @Override
    public void usage(UsageChange change) {}

    @Override
    public void requestCounted(String endpoint, long atMillis) {}

    @Override
    public void costBooked(String model, long costPicoUsd, long atMillis) {}
}
