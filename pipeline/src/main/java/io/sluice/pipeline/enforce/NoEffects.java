package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.usage.UsageChange;
import org.jspecify.annotations.Nullable;

/** Does nothing that the engine wants; for those who only watch some of it. */
public class NoEffects implements Effects {
    @Override
    public void reject(RequestFacts facts, Decision decision) {}

    @Override
    public void serve(RequestFacts facts, Decision decision, String cacheKey) {}

    @Override
    public void invoke(RequestFacts facts, Decision decision) {}

    @Override
    public void invokeTurn(RequestFacts facts, Decision decision, String conversation, int turns) {}

    @Override
    public void park(RequestFacts facts, Decision decision) {}

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
    public void dropEverything() {}

    @Override
    public void refuseToDrop() {}

    @Override
    public void usage(UsageChange change) {}

    @Override
    public void requestCounted(String endpoint, long atMillis) {}

    @Override
    public void costBooked(String model, long costPicoUsd, long atMillis) {}
}
