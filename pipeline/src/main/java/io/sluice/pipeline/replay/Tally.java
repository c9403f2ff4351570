package io.sluice.pipeline.replay;

import io.sluice.contract.Decision;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of requests, in all and by UTC hour of arrival. Not thread-safe. */
public final class Tally {
    private static final long MILLIS_PER_HOUR = 3_600_000;

    /** What an hour's requests came to. */
    public static final class Hour {
        private long admitted;
        private long rejected;
        private long costPicoUsd;

        /** Requests admitted. */
        public long admitted() {
            return admitted;
        }

        /** Requests rejected. */
        public long rejected() {
            return rejected;
        }

        /**
         * What calls that ended in it cost, 10^-12 USD; the most it can count if they cost more.
         */
        public long costPicoUsd() {
            return costPicoUsd;
        }

        private void add(Hour other) {
            admitted += other.admitted;
            rejected += other.rejected;
            cost(other.costPicoUsd);
        }

        private void cost(long more) {
            costPicoUsd = costPicoUsd > Long.MAX_VALUE - more ? Long.MAX_VALUE : costPicoUsd + more;
        }
    }

    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private final SortedMap<Long, Hour> hours = new TreeMap<>();
    private final ExactSum inputTokens = new ExactSum();
    private final ExactSum outputTokens = new ExactSum();
    private final ExactSum costPicoUsd = new ExactSum();
    private final ExactSum estimatedPicoUsd = new ExactSum();
    private long invoked;
    private long cacheHits;
    private long coalesced;
    private long downgraded;
    private long calls;
    private long estimatedCalls;

    void decided(Decision decision, long arrivedAtMillis) {
        Hour hour = hour(arrivedAtMillis);
        if (decision.outcome() == Verdict.REJECTED) {
            rejected.merge(String.valueOf(decision.reason()), 1L, Long::sum);
            hour.rejected++;
            return;
        }
        hour.admitted++;
        switch (decision.outcome()) {
            case CACHE_HIT:
                cacheHits++;
                break;
            case COALESCED:
                coalesced++;
                break;
            default:
                invoked++;
                downgraded += decision.downgradedTo() == null ? 0 : 1;
        }
    }

    void ended(Usage usage, long cost, boolean estimated, long arrivedAtMillis) {
        calls++;
        inputTokens.add(usage.inputTokens() + usage.cacheReadTokens() + usage.cacheWriteTokens());
        outputTokens.add(usage.outputTokens());
        costPicoUsd.add(cost);
        hour(arrivedAtMillis).cost(cost);
        if (estimated) {
            estimatedCalls++;
            estimatedPicoUsd.add(cost);
        }
    }

    private Hour hour(long atMillis) {
        return hours.computeIfAbsent(
                Math.floorDiv(atMillis, MILLIS_PER_HOUR) * MILLIS_PER_HOUR, at -> new Hour());
    }

    /** Adds another tally. */
    public void add(Tally other) {
        other.rejected.forEach((reason, n) -> rejected.merge(reason, n, Long::sum));
        other.hours.forEach((at, hour) -> hour(at).add(hour));
        inputTokens.add(other.inputTokens);
        outputTokens.add(other.outputTokens);
        costPicoUsd.add(other.costPicoUsd);
        estimatedPicoUsd.add(other.estimatedPicoUsd);
        invoked += other.invoked;
        cacheHits += other.cacheHits;
        coalesced += other.coalesced;
        downgraded += other.downgraded;
        calls += other.calls;
        estimatedCalls += other.estimatedCalls;
    }

    /** Requests, admitted and rejected. */
    public long requests() {
        return admitted() + rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Requests admitted: called for, answered from the cache, or waiting for an equal call. */
    public long admitted() {
        return invoked + cacheHits + coalesced;
    }

    /** Of the admitted, those for which the model was to be called. */
    public long invoked() {
        return invoked;
    }

    /** Of the admitted, those answered from the cache. */
    public long cacheHits() {
        return cacheHits;
    }

    /** Of the admitted, those that waited for an identical call. */
    public long coalesced() {
        return coalesced;
    }

    /** Of the invoked, those that a spent budget turned to a cheaper model. */
    public long downgraded() {
        return downgraded;
    }

    /** Requests rejected, by reason. */
    public SortedMap<String, Long> rejected() {
        return Collections.unmodifiableSortedMap(rejected);
    }

    /** By the hour's beginning, epoch milliseconds. */
    public SortedMap<Long, Hour> hours() {
        return Collections.unmodifiableSortedMap(hours);
    }

    /** Calls that ended. */
    public long calls() {
        return calls;
    }

    /** Of those, the ones that never happened, so that what they used is estimated. */
    public long estimatedCalls() {
        return estimatedCalls;
    }

    /** Input tokens of the calls, cached ones included. */
    public BigInteger inputTokens() {
        return inputTokens.value();
    }

    /** Output tokens of the calls. */
    public BigInteger outputTokens() {
        return outputTokens.value();
    }

    /** What the calls cost, 10^-12 USD. */
    public BigInteger costPicoUsd() {
        return costPicoUsd.value();
    }

    /** Of that, what is estimated. */
    public BigInteger estimatedPicoUsd() {
        return estimatedPicoUsd.value();
    }
}
