package io.sluice.pipeline.replay;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Decision;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.enforce.Engine;
import io.sluice.pipeline.enforce.MemoryTenantState;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's log as its trace would have written it, read by the engine while it is written. A
 * line counts at its time, or at the tenant's newest time if that is later. The outcome of a call
 * lies on the log at the call's time plus its latency, before requests of the same time; outcomes
 * of one time follow each other as their lines do. Not thread-safe.
 */
final class TenantSimulation {
    /** A trace does not say how long its clients would have waited: as long as may be. */
    private static final long PATIENCE_MILLIS = 86_400_000;

    private final Terms terms;
    private final LogListener listener;
    private final Engine engine = new Engine();
    private final MemoryTenantState state = new MemoryTenantState();
    private final Bookkeeping books = new Bookkeeping();
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(1);
    private long clockMillis;

    /** A call that has not ended. */
    private static final class Pending implements Comparable<Pending> {
        private final long lineNumber;
        private final OutcomeFacts outcome;

        private Pending(long lineNumber, OutcomeFacts outcome) {
            this.lineNumber = lineNumber;
            this.outcome = outcome;
        }

        @Override
        public int compareTo(Pending other) {
            int byTime = Long.compare(outcome.finishedAtMillis(), other.outcome.finishedAtMillis());
            return byTime != 0 ? byTime : Long.compare(lineNumber, other.lineNumber);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pending && lineNumber == ((Pending) other).lineNumber;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(lineNumber);
        }
    }

    TenantSimulation(Terms terms, LogListener listener) {
        this.terms = terms;
        this.listener = listener;
    }

    Terms terms() {
        return terms;
    }

    Bookkeeping books() {
        return books;
    }

    /** When a line's request is decided, epoch milliseconds. */
    long decidesAtMillis(TraceLine line) {
        return Math.max(clockMillis, line.atMillis());
    }

    /** Puts a line's request on the log after the outcomes that precede it. */
    void request(TraceLine line, String model, long lineNumber) {
        clockMillis = decidesAtMillis(line);
        settleUntil(clockMillis);
        RequestFacts facts = facts(line, model, lineNumber);
        if (!engine.onRequest(state, facts, clockMillis, books)) {
            throw new IllegalStateException(
                    "line " + lineNumber + " was taken for one that was read before");
        }
        Decision decision = books.takeDecision();
        listener.request(facts, decision);
        if (decision.outcome() == Verdict.INVOKED) {
            pending.add(new Pending(lineNumber, outcome(line, facts, decision)));
        }
    }

    /** Ends all calls that have not ended. */
    void finish() {
        settleUntil(Long.MAX_VALUE);
    }

    private void settleUntil(long nowMillis) {
        for (Pending next = pending.peek();
                next != null && next.outcome.finishedAtMillis() <= nowMillis;
                next = pending.peek()) {
            pending.remove();
            engine.onOutcome(state, next.outcome, next.outcome.finishedAtMillis(), books);
            listener.outcome(next.outcome);
        }
    }

    private RequestFacts facts(TraceLine line, String model, long lineNumber) {
        String promptHash = line.promptHash();
        return RequestFacts.builder()
                .tenantId(line.tenantId())
                .requestId(SyntheticIds.of(clockMillis, lineNumber))
                .receivedAtMillis(clockMillis)
                .policy(terms.policy())
                .model(model)
                .promptHash(promptHash == null ? "" : promptHash)
                .cacheMode(promptHash == null ? CacheMode.BYPASS : CacheMode.DEFAULT)
                .sampled(false)
                .estimatedInputTokens(line.inputTokens())
                .maxTokens(line.maxTokens())
                .prices(terms.at(clockMillis).reserves(line.model(), model))
                .priority(line.priority())
                .deadlineAtMillis(clockMillis + PATIENCE_MILLIS)
                .labels(Labels.builder().endpoint(line.endpoint()).build())
                .build();
    }

    private OutcomeFacts outcome(TraceLine line, RequestFacts facts, Decision decision) {
        String cheaper = decision.downgradedTo();
        String answering = cheaper == null ? facts.model() : cheaper;
        Usage usage = Usage.of(line.inputTokens(), line.outputTokens());
        DatedTerms dated = terms.at(decision.decidedAtMillis());
        return OutcomeFacts.builder()
                .tenantId(facts.tenantId())
                .requestId(facts.requestId())
                .attempt(1)
                .finishedAtMillis(facts.receivedAtMillis() + line.latencyMillis())
                .status(OutcomeStatus.SUCCEEDED)
                .model(answering)
                .stopReason("end_turn")
                .complete(true)
                .usage(usage)
                .costPicoUsd(dated.costPicoUsd(facts.model(), answering, usage))
                .priceVersion(
                        dated.hasPrice(answering)
                                ? terms.policy().priceVersion()
                                : Names.UNPRICED_PRICE_VERSION)
                .latencyMillis(line.latencyMillis())
                .build();
    }
}
