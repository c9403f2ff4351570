package io.sluice.pipeline.model;

import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One admitted request on its way through the invoker, to exactly one end. Thread-safe. */
final class Invocation {
    private final AdmittedRequest admitted;
    private final Completion completion;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicBoolean concluded = new AtomicBoolean();
    private final CallTerms terms;
    private final long offeredAtMillis;
    private volatile long startedAtMillis;
    private volatile @Nullable Runnable nextAttempt;
    private volatile int attempts;

    /** A request that reached the invoker at that time. */
    Invocation(AdmittedRequest admitted, Completion completion, long offeredAtMillis) {
        this.admitted = admitted;
        this.completion = completion;
        this.terms = CallTerms.of(admitted);
        this.offeredAtMillis = offeredAtMillis;
    }

    AdmittedRequest admitted() {
        return admitted;
    }

    RequestFacts facts() {
        return admitted.request().facts();
    }

    /** Tenant and request. */
    Map.Entry<String, String> id() {
        return Map.entry(facts().tenantId(), facts().requestId());
    }

    CallTerms terms() {
        return terms;
    }

    /** When it reached the invoker, epoch milliseconds. */
    long offeredAtMillis() {
        return offeredAtMillis;
    }

    Completion completion() {
        return completion;
    }

    /** True for the first caller alone: who starts the call, or withdraws the request. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    /** True for the first caller alone: whose word is final. */
    boolean conclude() {
        return concluded.compareAndSet(false, true);
    }

    boolean isConcluded() {
        return concluded.get();
    }

    /** It waits for another attempt, which is made so. */
    void waitsFor(Runnable attempt, int attemptsMade) {
        attempts = attemptsMade;
        nextAttempt = attempt;
    }

    /** Makes the attempt for which it waited; null if it never started. */
    @Nullable Runnable nextAttempt() {
        return nextAttempt;
    }

    /** Attempts made when it began to wait again; 0 before. */
    int attempts() {
        return attempts;
    }

    void startedAt(long millis) {
        startedAtMillis = millis;
    }

    /** When the first attempt started, epoch milliseconds; 0 if none did. */
    long startedAtMillis() {
        return startedAtMillis;
    }

    /** Who waits for the end; exactly one of the two is called, once, on any thread. */
    interface Completion {
        /** The final result is stored; this is the outcome that follows from it. */
        void done(OutcomeEvent outcome);

        /** Nothing can be stored: the job has to stop and keep the record. */
        void failed(Throwable failure);
    }
}
