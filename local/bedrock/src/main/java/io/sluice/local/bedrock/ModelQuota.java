package io.sluice.local.bedrock;

/**
 * A model's quota as token buckets that fill all the time: one of requests, one of tokens. A call
 * takes a request and what it may use at most; when it has been answered, the difference to what it
 * used is put back, or taken too if it used more. A bucket may so be empty below zero.
 *
 * <p>Pure: time is an argument, milliseconds of any clock that does not go back. Used by one
 * thread.
 */
final class ModelQuota {
    private static final long MINUTE_MILLIS = 60_000;

    private final QuotaRule rule;
    private long requests;
    private long tokens;
    private long filledAtMillis;

    ModelQuota(QuotaRule rule, long nowMillis) {
        this.rule = rule;
        this.requests = most(rule.requestsPerMinute());
        this.tokens = most(rule.tokensPerMinute());
        this.filledAtMillis = nowMillis;
    }

    /** Whether a call may start that may use so many tokens; if so it has taken them. */
    boolean take(long mostTokens, long nowMillis) {
        fill(nowMillis);
        boolean enough =
                has(rule.requestsPerMinute(), requests, 1)
                        && has(rule.tokensPerMinute(), tokens, mostTokens);
        if (enough) {
            requests -= MINUTE_MILLIS;
            tokens -= mostTokens * MINUTE_MILLIS;
        }
        return enough;
    }

    /** A call that took so many tokens was answered from and with so many. */
    void settle(long mostTokens, long inputTokens, long outputTokens, long nowMillis) {
        fill(nowMillis);
        long used = inputTokens + outputTokens * rule.burnDown();
        tokens =
                Math.min(
                        most(rule.tokensPerMinute()), tokens + (mostTokens - used) * MINUTE_MILLIS);
    }

    private void fill(long nowMillis) {
        long passed = Math.max(0, nowMillis - filledAtMillis);
        filledAtMillis += passed;
        requests =
                Math.min(
                        most(rule.requestsPerMinute()),
                        requests + passed * rule.requestsPerMinute());
        tokens = Math.min(most(rule.tokensPerMinute()), tokens + passed * rule.tokensPerMinute());
    }

    /** One that is larger than the bucket needs a full one. */
    private boolean has(long perMinute, long level, long amount) {
        return perMinute == 0 || level >= Math.min(amount * MINUTE_MILLIS, most(perMinute));
    }

    /** What a bucket holds, in parts of which a minute's milliseconds make one. */
    private long most(long perMinute) {
        return Math.max(MINUTE_MILLIS, perMinute * rule.burstSeconds() * 1_000);
    }
}
