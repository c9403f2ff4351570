package io.sluice.local.kinesis.stream;

/**
 * A token bucket that holds one second's worth and may be overdrawn by one request.
 *
 * <p>A request is admitted if its amount, or a full bucket, is there; taking more than that leaves
 * a debt which refills first. Counts in thousandths of a token. Not thread-safe.
 */
public final class TokenBucket {
    private final long perSecond;
    private long milliTokens;
    private long atMillis = Long.MIN_VALUE;

    public TokenBucket(long perSecond) {
        this.perSecond = perSecond;
        this.milliTokens = perSecond * 1000;
    }

    /** Whether a request of this amount is admitted now. */
    public boolean holds(long amount, long nowMillis) {
        if (atMillis != Long.MIN_VALUE) {
            long elapsedMillis = Math.min(Math.max(0, nowMillis - atMillis), 1_000_000);
            milliTokens = Math.min(perSecond * 1000, milliTokens + elapsedMillis * perSecond);
        }
        atMillis = Math.max(atMillis, nowMillis);
        return milliTokens >= Math.min(amount, perSecond) * 1000;
    }

    /** Takes an admitted amount. */
    public void take(long amount) {
        milliTokens -= amount * 1000;
    }
}
