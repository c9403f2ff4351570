package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.usage.UsageChange;
import org.jspecify.annotations.Nullable;

/**
 * What the engine wants done about the event at hand, called in order while the event is applied.
 * "Parked" requests are those whose text the caller keeps: followers until their leader's call has
 * ended, turns of a conversation until they have.
 */
public interface Effects {
    /** The request is refused: this is its final decision. */
    void reject(RequestFacts facts, Decision decision);

    /** The request is answered by the kept answer of that key. */
    void serve(RequestFacts facts, Decision decision, String cacheKey);

    /** The model is to be called for the request. */
    void invoke(RequestFacts facts, Decision decision);

    /**
     * The model is to be called for the request; if none is left to call, the kept answer of that
     * key may be served in its place, marked as stale.
     */
    default void invokeOrServe(RequestFacts facts, Decision decision, String cacheKey) {
        invoke(facts, decision);
    }

    /**
     * The model is to be called for the request after so many of the newest kept turns of its
     * conversation; older ones are to be dropped, and the request is to be parked.
     */
    void invokeTurn(RequestFacts facts, Decision decision, String conversation, int turns);

    /** The request waits for an identical call: keep it. */
    void park(RequestFacts facts, Decision decision);

    /** The outcome at hand has ended the hold of its request. */
    default void holdSettled(String requestId) {}

    /** The hold of a request ended because no outcome came in time. */
    default void holdExpired(String requestId) {}

    /** A parked request is answered by the outcome at hand. */
    void answerParked(String requestId);

    /** A parked request fails for that reason. */
    void failParked(String requestId, @Nullable String reason);

    /** A parked request was withdrawn by its client. */
    void cancelParked(String requestId);

    /** The model is to be called for a parked request in place of its failed leader. */
    void invokeParked(String requestId, String model);

    /** The call of a request is not to be made if it has not started. */
    void withdraw(String requestId);

    /** The answer of the outcome at hand may be served under that key from now on. */
    void keepAnswer(String cacheKey);

    /** The answer of that key is no longer needed. */
    void dropAnswer(String cacheKey);

    /**
     * The parked request and the answer of the outcome at hand are the conversation's next turn.
     */
    void keepTurn(String conversation, String requestId);

    /** The parked turn of a conversation ended without an answer to keep. */
    void dropTurn(String requestId);

    /** All kept turns of a conversation are no longer needed. */
    void dropConversation(String conversation);

    /** All text that is kept of the tenant is no longer needed. */
    void dropEverything();

    /** Nothing was dropped: requests of the tenant are open. */
    void refuseToDrop();

    /** Usage moved. */
    void usage(UsageChange change);

    /** One request was decided, under that endpoint label, at that decision time. */
    void requestCounted(String endpoint, long atMillis);

    /** Money was booked, for that model, in 10^-12 USD, at that arrival time. */
    void costBooked(String model, long costPicoUsd, long atMillis);
}
