package io.sluice.pipeline.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as the engine knows it: the tokens of its kept turns, oldest first, when it was
 * last answered, and the request that is its turn now. Immutable.
 */
public final class Conversation {
    private final long lastAtMillis;
    private final long ttlMillis;
    private final @Nullable String turn;
    private final long[] turnTokens;

    /**
     * @param lastAtMillis when the last answer took its place in the history; 0 before the first
     * @param ttlMillis the TTL in force then
     * @param turn the request that has not been answered; null if none is
     * @param turnTokens tokens of the kept turns, oldest first; not copied
     */
    public Conversation(
            long lastAtMillis, long ttlMillis, @Nullable String turn, long[] turnTokens) {
        this.lastAtMillis = lastAtMillis;
        this.ttlMillis = ttlMillis;
        this.turn = turn;
        this.turnTokens = turnTokens;
    }

    /** A conversation that has not begun. */
    public static Conversation empty() {
        return new Conversation(0, 0, null, new long[0]);
    }

    /** When it was last answered, epoch milliseconds; 0 before the first answer. */
    public long lastAtMillis() {
        return lastAtMillis;
    }

    /** The TTL in force then. A policy that raises the TTL later does not revive it. */
    public long ttlMillis() {
        return ttlMillis;
    }

    /** The request that is its turn now; null if the next may come. */
    public @Nullable String turn() {
        return turn;
    }

    /** Tokens of the kept turns, oldest first. Not copied, not to be changed. */
    public long[] turnTokens() {
        return turnTokens;
    }

    /** Kept turns. */
    public int turns() {
        return turnTokens.length;
    }

    /**
     * Whether its turns are forgotten at that time under a policy of that TTL; an age of exactly
     * the TTL is too old.
     */
    public boolean isOver(long nowMillis, long policyTtlMillis) {
        return turnTokens.length > 0
                && nowMillis - lastAtMillis >= Math.min(ttlMillis, policyTtlMillis);
    }

    /** How many of the newest turns fit into so many turns and tokens. */
    public int fitting(int mostTurns, long mostTokens) {
        int count = 0;
        long tokens = 0;
        while (count < Math.min(mostTurns, turnTokens.length)) {
            tokens += turnTokens[turnTokens.length - 1 - count];
            if (tokens > mostTokens) {
                return count;
            }
            count++;
        }
        return count;
    }

    /** Tokens of so many of the newest turns. */
    public long tokensOfNewest(int count) {
        long tokens = 0;
        for (int i = turnTokens.length - count; i < turnTokens.length; i++) {
            tokens += turnTokens[i];
        }
        return tokens;
    }

    /** The conversation while that request is its turn, with only so many of its newest turns. */
    public Conversation begin(String requestId, int keep) {
        return new Conversation(lastAtMillis, ttlMillis, requestId, newest(turnTokens, keep));
    }

    /** The conversation after its turn failed. */
    public Conversation fail() {
        return new Conversation(lastAtMillis, ttlMillis, null, turnTokens);
    }

    /** The conversation after its turn was answered, under that TTL. */
    public Conversation answer(long nowMillis, long newTtlMillis, long tokens) {
        long[] longer = Arrays.copyOf(turnTokens, turnTokens.length + 1);
        longer[turnTokens.length] = tokens;
        return new Conversation(nowMillis, newTtlMillis, null, longer);
    }

    private static long[] newest(long[] tokens, int keep) {
        return Arrays.copyOfRange(tokens, tokens.length - keep, tokens.length);
    }
}
