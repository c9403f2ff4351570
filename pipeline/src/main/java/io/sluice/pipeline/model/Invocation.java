package io.sluice.pipeline.model;

import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.model.schedule.CallTerms;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One admitted request on its way through the invoker, to exactly one end. Thread-safe. */
final class Invocation {
    private final AdmittedRequest admitted;
    private final Completion completion;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicBoolean concluded = new AtomicBoolean();
    private final AttemptTally tally = new AttemptTally();
    private final CallTerms terms;
    private final long offeredAtMillis;
    private volatile long startedAtMillis;
    private volatile @Nullable String lastError;
    private volatile @Nullable Runnable nextAttempt;
    private boolean underWay; // guarded by this
    private boolean givenUp; // guarded by this
    private boolean endedElsewhere; // guarded by this

    /** A request that reached the invoker at that time, and may be called there. */
    Invocation(
            AdmittedRequest admitted,
            List<String> targets,
            Completion completion,
            long offeredAtMillis) {
        this.admitted = admitted;
        this.completion = completion;
        this.terms = CallTerms.of(admitted, targets);
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

    /** What its attempts came to so far. */
    AttemptTally tally() {
        return tally;
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

    /** Begins an attempt, which must {@link #pause}; false if none may be made any more. */
    synchronized boolean beginAttempt() {
        underWay = !givenUp;
        return underWay;
    }

    /**
     * Begins to look for attempts of earlier runs, which must {@link #pause}; false if somebody
     * else ends the request.
     */
    synchronized boolean beginRecall() {
        underWay = !endedElsewhere;
        return underWay;
    }

    /** What had begun is over. */
    synchronized void pause() {
        underWay = false;
    }

    /**
     * Lets no attempt begin any more.
     *
     * @return whether something is under way: what that comes to, which may cost something, ends
     *     the request, and nobody else may
     */
    synchronized boolean giveUp() {
        givenUp = true;
        endedElsewhere = !underWay;
        return underWay;
    }

    /** Whether its end is known, or will be once what is under way has ended. */
    synchronized boolean mayNotBeTried() {
        return givenUp || concluded.get();
    }

    /** It waits for another attempt, which is made so. */
    void waitsFor(Runnable attempt) {
        nextAttempt = attempt;
    }

    /** Makes the attempt for which it waited; null if it never started. */
    @Nullable Runnable nextAttempt() {
        return nextAttempt;
    }

    void startedAt(long millis) {
        startedAtMillis = millis;
    }

    /** When the first attempt started, epoch milliseconds; 0 if none did. */
    long startedAtMillis() {
        return startedAtMillis;
    }

    /**
     * Goes a step on. A step that throws, which no request should bring about, stops the job and so
     * keeps the record: futures would swallow it, and the request were lost.
     */
    void orBroken(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException defect) {
            broken(defect);
        }
    }

    private void broken(Throwable defect) {
        completion.failed(
                new IllegalStateException(
                        "request "
                                + facts().requestId()
                                + " of tenant "
                                + facts().tenantId()
                                + " cannot go on; expected each to come to an end. The job goes on"
                                + " from its last checkpoint",
                        defect));
    }

    void failedWith(String error) {
        lastError = error;
    }

    /** Class and code of the last attempt that failed in this run; null if none did. */
    @Nullable String lastError() {
        return lastError;
    }

    /** Who waits for the end; exactly one of the two is called, once, on any thread. */
    interface Completion {
        /** The final result is stored; this is what follows from it. */
        void done(CallEnd end);

        /** Nothing can be stored: the job has to stop and keep the record. */
        void failed(Throwable failure);
    }
}
