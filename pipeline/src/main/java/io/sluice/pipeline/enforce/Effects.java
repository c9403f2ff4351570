package io.sluice.pipeline.enforce;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.usage.UsageWindows;

/**
 * What the engine wants done about the event at hand, called in order while the event is applied.
 * "Parked" requests are followers whose text the caller keeps until their leader's call has ended.
 */
public interface Effects extends UsageWindows.Listener {
    /** The request is refused: this is its final decision. */
    void reject(RequestFacts facts, Decision decision);

    /** The request is answered by the kept answer of that key. */
    void serve(RequestFacts facts, Decision decision, String cacheKey);

    /** The model is to be called for the request. */
    void invoke(RequestFacts facts, Decision decision);

    /** The request waits for an identical call: keep it. */
    void park(RequestFacts facts, Decision decision);

    /** A parked request is answered by the outcome at hand. */
    void answerParked(String requestId);

    /** A parked request fails for the reason of the outcome at hand. */
    void failParked(String requestId);

    /** The model is to be called for a parked request in place of its failed leader. */
    void invokeParked(String requestId);

    /** The answer of the outcome at hand may be served under that key from now on. */
    void keepAnswer(String cacheKey);

    /** The answer of that key is no longer needed. */
    void dropAnswer(String cacheKey);

    /** One request was decided, under that endpoint label, at that decision time. */
    void requestCounted(String endpoint, long atMillis);

    /** Money was booked, for that model, in 10^-12 USD, at that arrival time. */
    void costBooked(String model, long costPicoUsd, long atMillis);
}
