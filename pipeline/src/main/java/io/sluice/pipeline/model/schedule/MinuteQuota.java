package io.sluice.pipeline.model.schedule;

import io.sluice.contract.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The provider's quota of one target, counted as the provider counts: a call that starts takes a
 * request and its reservation of tokens; what it is settled with replaces the reservation. Whenever
 * a call starts, what the last 60 s hold, itself included, is within the quota; only a call that is
 * larger than its lane's whole part, or used more than it reserved, can take it beyond, and then
 * nothing starts until that is a minute old.
 *
 * <p>Pure: time is an argument, epoch milliseconds. Not thread-safe.
 */
final class MinuteQuota {
    /** Stands for a quota that there is not. */
    static final long NONE = 0;

    private long tokensPerMinute;
    private long requestsPerMinute;
    private int burnDown;
    private final LaneShares shares;
    private final MinuteWindow interactiveTokens = new MinuteWindow();
    private final MinuteWindow bulkTokens = new MinuteWindow();
    private final MinuteWindow interactiveRequests = new MinuteWindow();
    private final MinuteWindow bulkRequests = new MinuteWindow();

    /**
     * A quota of which nothing is used.
     *
     * @param tokensPerMinute, {@code requestsPerMinute}: at least 1, or {@link #NONE}
     * @param burnDown tokens of the quota that one output token takes, see {@link BurnDown}
     */
    MinuteQuota(long tokensPerMinute, long requestsPerMinute, int burnDown, LaneShares shares) {
        this.tokensPerMinute = tokensPerMinute;
        this.requestsPerMinute = requestsPerMinute;
        this.burnDown = burnDown;
        this.shares = shares;
    }

    /** Other numbers of the quota are in force; what the last minute used stays counted. */
    void change(long newTokensPerMinute, long newRequestsPerMinute, int newBurnDown) {
        tokensPerMinute = newTokensPerMinute;
        requestsPerMinute = newRequestsPerMinute;
        burnDown = newBurnDown;
    }

    /**
     * Whether a call may start.
     *
     * @param tokens its reservation
     * @param otherWants the reservation of the first call that waits in the other lane; 0 if none
     */
    boolean admits(Lane lane, long tokens, long otherWants, long nowMillis) {
        return (tokensPerMinute == NONE
                        || shares.admits(
                                lane,
                                tokens,
                                tokensPerMinute,
                                interactiveTokens.sum(nowMillis),
                                bulkTokens.sum(nowMillis),
                                otherWants))
                && (requestsPerMinute == NONE
                        || shares.admits(
                                lane,
                                1,
                                requestsPerMinute,
                                interactiveRequests.sum(nowMillis),
                                bulkRequests.sum(nowMillis),
                                Math.min(1, otherWants)));
    }

    /** When a call that is not admitted may be, if nothing but time passes. */
    long nextChangeMillis(long nowMillis) {
        if (tokensPerMinute == NONE && requestsPerMinute == NONE) {
            return Long.MAX_VALUE;
        }
        return Math.min(
                Math.min(
                        interactiveTokens.nextFallMillis(nowMillis),
                        bulkTokens.nextFallMillis(nowMillis)),
                Math.min(
                        interactiveRequests.nextFallMillis(nowMillis),
                        bulkRequests.nextFallMillis(nowMillis)));
    }

    /** A call starts. Gives the slot to settle it in. */
    long reserve(Lane lane, long tokens, long nowMillis) {
        requests(lane).add(1, nowMillis);
        return tokens(lane).add(tokens, nowMillis);
    }

    /** A call that reserved in that slot used nothing: it was refused or not made. */
    void release(Lane lane, long slot, long tokens, long nowMillis) {
        requests(lane).amend(slot, -1, nowMillis);
        tokens(lane).amend(slot, -tokens, nowMillis);
    }

    /**
     * A call is over. Less than it reserved was never used; more is used now.
     *
     * @param usage null if it is not known, which leaves the reservation
     */
    void settle(Lane lane, long slot, long tokens, @Nullable Usage usage, long nowMillis) {
        if (usage == null) {
            return;
        }
        long more = counted(usage) - tokens;
        if (more > 0) {
            tokens(lane).add(more, nowMillis);
        } else {
            tokens(lane).amend(slot, more, nowMillis);
        }
    }

    /** Tokens that may still be reserved now; {@code Long.MAX_VALUE} without a quota of tokens. */
    long tokensLeft(long nowMillis) {
        return tokensPerMinute == NONE
                ? Long.MAX_VALUE
                : tokensPerMinute - interactiveTokens.sum(nowMillis) - bulkTokens.sum(nowMillis);
    }

    /** Requests that may still start now; {@code Long.MAX_VALUE} without a quota of requests. */
    long requestsLeft(long nowMillis) {
        return requestsPerMinute == NONE
                ? Long.MAX_VALUE
                : requestsPerMinute
                        - interactiveRequests.sum(nowMillis)
                        - bulkRequests.sum(nowMillis);
    }

    /** What a settled call takes: what is read from the provider's cache does not count. */
    private long counted(Usage usage) {
        return usage.inputTokens() + usage.cacheWriteTokens() + usage.outputTokens() * burnDown;
    }

    private MinuteWindow tokens(Lane lane) {
        return lane == Lane.BULK ? bulkTokens : interactiveTokens;
    }

    private MinuteWindow requests(Lane lane) {
        return lane == Lane.BULK ? bulkRequests : interactiveRequests;
    }
}
