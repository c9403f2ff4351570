package io.sluice.pipeline.cache;

/**
 * A cached answer as the engine knows it: when it came, from which request, and how long it may be
 * served; never its text.
 */
public final class CacheEntry {
    private final String requestId;
    private final long outcomeAtMillis;
    private final long ttlMillis;
    private final long staleForMillis;

    /** The answer that {@code requestId} got at {@code outcomeAtMillis}, under that TTL. */
    public CacheEntry(String requestId, long outcomeAtMillis, long ttlMillis) {
        this(requestId, outcomeAtMillis, ttlMillis, 0);
    }

    /** The same, kept until that age for when no model is left to answer. */
    public CacheEntry(String requestId, long outcomeAtMillis, long ttlMillis, long staleForMillis) {
        this.requestId = requestId;
        this.outcomeAtMillis = outcomeAtMillis;
        this.ttlMillis = ttlMillis;
        this.staleForMillis = staleForMillis;
    }

    /** The request that was answered. */
    public String requestId() {
        return requestId;
    }

    /** When the outcome took its place in the tenant's history, epoch milliseconds. */
    public long outcomeAtMillis() {
        return outcomeAtMillis;
    }

    /** The TTL in force when it came. A policy that raises the TTL later does not revive it. */
    public long ttlMillis() {
        return ttlMillis;
    }

    /** The age up to which it is kept although it is no longer fresh; 0 if it is not. */
    public long staleForMillis() {
        return staleForMillis;
    }

    /**
     * Whether it may be served at that decision time, marked as stale, in the place of an answer
     * that no model is left to give, to a request whose policy allows that age.
     */
    public boolean isServableStale(long nowMillis, long policyStaleForMillis) {
        return nowMillis - outcomeAtMillis < Math.min(staleForMillis, policyStaleForMillis);
    }

    /**
     * Whether it may be served at that decision time under a policy of that TTL; an age of exactly
     * the TTL is a miss.
     */
    public boolean isFresh(long nowMillis, long policyTtlMillis) {
        return nowMillis - outcomeAtMillis < Math.min(ttlMillis, policyTtlMillis);
    }

    /** Whether it is a miss at that decision time and ever after, whatever the policy. */
    public boolean isDead(long nowMillis) {
        return nowMillis - outcomeAtMillis >= Math.max(ttlMillis, staleForMillis);
    }
}
