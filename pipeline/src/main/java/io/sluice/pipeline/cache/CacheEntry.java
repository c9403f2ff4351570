package io.sluice.pipeline.cache;

/**
 * A cached answer as the engine knows it: when it came, from which request, and how long it may be
 * served; never its text.
 */
public final class CacheEntry {
    private final String requestId;
    private final long outcomeAtMillis;
    private final long ttlMillis;

    /** The answer that {@code requestId} got at {@code outcomeAtMillis}, under that TTL. */
    public CacheEntry(String requestId, long outcomeAtMillis, long ttlMillis) {
        this.requestId = requestId;
        this.outcomeAtMillis = outcomeAtMillis;
        this.ttlMillis = ttlMillis;
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

    /**
     * Whether it may be served at that decision time under a policy of that TTL; an age of exactly
     * the TTL is a miss.
     */
    public boolean isFresh(long nowMillis, long policyTtlMillis) {
        return nowMillis - outcomeAtMillis < Math.min(ttlMillis, policyTtlMillis);
    }

    /** Whether it is a miss at that decision time and ever after, whatever the policy. */
    public boolean isDead(long nowMillis) {
        return nowMillis - outcomeAtMillis >= ttlMillis;
    }
}
