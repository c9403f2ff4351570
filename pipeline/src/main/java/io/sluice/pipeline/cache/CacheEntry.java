package io.sluice.pipeline.cache;

/** A cached answer as the engine knows it: when it came and from which request, never its text. */
public final class CacheEntry {
    private final String requestId;
    private final long outcomeAtMillis;

    /** The answer that {@code requestId} got at {@code outcomeAtMillis}. */
    public CacheEntry(String requestId, long outcomeAtMillis) {
        this.requestId = requestId;
        this.outcomeAtMillis = outcomeAtMillis;
    }

    /** The request that was answered. */
    public String requestId() {
        return requestId;
    }

    /** When the outcome took its place in the tenant's history, epoch milliseconds. */
    public long outcomeAtMillis() {
        return outcomeAtMillis;
    }

    /** Whether it may be served at that decision time; an age of exactly {@code ttlMillis} is a miss. */
    public boolean isFresh(long nowMillis, long ttlMillis) {
        return nowMillis - outcomeAtMillis < ttlMillis;
    }
}
