package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.audit.Transitions;
import io.sluice.pipeline.usage.UsageChange;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what the engine wants and notes it for the record of the event. Lives for one event.
 */
final class AuditedEffects implements Effects {
    /** The subject of what concerns all of the tenant. */
    private static final String TENANT = "tenant";

    private final Effects effects;
    private final Transitions transitions;
    private @Nullable Decision decision;

    AuditedEffects(Effects effects, Transitions transitions) {
        this.effects = effects;
        this.transitions = transitions;
    }

    /** What was decided about the request; null if the event is none. */
    @Nullable Decision decision() {
        return decision;
    }

    private void decided(String what, RequestFacts facts, Decision made) {
        decision = made;
        transitions.add(what, facts.requestId());
    }

    @Override
    public void reject(RequestFacts facts, Decision made) {
        decided("rejected", facts, made);
        effects.reject(facts, made);
    }

    @Override
    public void serve(RequestFacts facts, Decision made, String cacheKey) {
        decided("served", facts, made);
        effects.serve(facts, made, cacheKey);
    }

    @Override
    public void invoke(RequestFacts facts, Decision made) {
        decided("invoked", facts, made);
        effects.invoke(facts, made);
    }

    @Override
    public void invokeOrServe(RequestFacts facts, Decision made, String cacheKey) {
        decided("invoked", facts, made);
        effects.invokeOrServe(facts, made, cacheKey);
    }

    @Override
    public void invokeTurn(RequestFacts facts, Decision made, String conversation, int turns) {
        decided("invoked", facts, made);
        transitions.add("turn-begun", conversation);
        effects.invokeTurn(facts, made, conversation, turns);
    }

    @Override
    public void park(RequestFacts facts, Decision made) {
        decided("coalesced", facts, made);
        effects.park(facts, made);
    }

    @Override
    public void holdSettled(String requestId) {
        transitions.add("settled", requestId);
        effects.holdSettled(requestId);
    }

    @Override
    public void holdExpired(String requestId) {
        transitions.add("expired", requestId);
        effects.holdExpired(requestId);
    }

    @Override
    public void answerParked(String requestId) {
        transitions.add("answered", requestId);
        effects.answerParked(requestId);
    }

    @Override
    public void failParked(String requestId, @Nullable String reason) {
        transitions.add("failed", requestId);
        effects.failParked(requestId, reason);
    }

    @Override
    public void cancelParked(String requestId) {
        transitions.add("cancelled", requestId);
        effects.cancelParked(requestId);
    }

    @Override
    public void invokeParked(String requestId, String model) {
        transitions.add("promoted", requestId);
        effects.invokeParked(requestId, model);
    }

    @Override
    public void withdraw(String requestId) {
        transitions.add("withdrawn", requestId);
        effects.withdraw(requestId);
    }

    @Override
    public void keepAnswer(String cacheKey) {
        transitions.add("answer-kept", cacheKey);
        effects.keepAnswer(cacheKey);
    }

    @Override
    public void dropAnswer(String cacheKey) {
        transitions.add("answer-dropped", cacheKey);
        effects.dropAnswer(cacheKey);
    }

    @Override
    public void keepTurn(String conversation, String requestId) {
        transitions.add("turn-kept", conversation);
        effects.keepTurn(conversation, requestId);
    }

    @Override
    public void dropTurn(String requestId) {
        transitions.add("turn-dropped", requestId);
        effects.dropTurn(requestId);
    }

    @Override
    public void dropConversation(String conversation) {
        transitions.add("session-deleted", conversation);
        effects.dropConversation(conversation);
    }

    @Override
    public void dropEverything() {
        transitions.add("erased", TENANT);
        effects.dropEverything();
    }

    @Override
    public void refuseToDrop() {
        transitions.add("erase-refused", TENANT);
        effects.refuseToDrop();
    }

    @Override
    public void usage(UsageChange change) {
        effects.usage(change);
    }

    @Override
    public void requestCounted(String endpoint, long atMillis) {
        effects.requestCounted(endpoint, atMillis);
    }

    @Override
    public void costBooked(String model, long costPicoUsd, long atMillis) {
        effects.costBooked(model, costPicoUsd, atMillis);
    }
}
