package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long a tenant's answers and conversations are kept and served again. Ages are counted from
 * the outcome; an age of exactly the TTL is a miss. A TTL of 0 turns that class off.
 */
public final class CacheRules {
    /** The rules that ship: answers 30 min, agent results 1 h, conversations 1 day. */
    public static final CacheRules SHIPPED =
            new CacheRules(1_800_000, 3_600_000, 86_400_000, true, 20, 32_000);

    private final long llmTtlMillis;
    private final long agentTtlMillis;
    private final long sessionTtlMillis;
    private final boolean sampled;
    private final int sessionTurns;
    private final long sessionTokens;

    /** These rules; throws if one is negative. */
    public CacheRules(
            long llmTtlMillis,
            long agentTtlMillis,
            long sessionTtlMillis,
            boolean sampled,
            int sessionTurns,
            long sessionTokens) {
        if (Math.min(Math.min(llmTtlMillis, agentTtlMillis), sessionTtlMillis) < 0
                || Math.min(sessionTurns, sessionTokens) < 0) {
            throw new IllegalArgumentException("a cache rule is negative");
        }
        this.llmTtlMillis = llmTtlMillis;
        this.agentTtlMillis = agentTtlMillis;
        this.sessionTtlMillis = sessionTtlMillis;
        this.sampled = sampled;
        this.sessionTurns = sessionTurns;
        this.sessionTokens = sessionTokens;
    }

    /** These rules with another TTL of answers. */
    public CacheRules withLlmTtlMillis(long value) {
        return new CacheRules(
                value, agentTtlMillis, sessionTtlMillis, sampled, sessionTurns, sessionTokens);
    }

    /** How long an answer is served again, milliseconds. */
    public long llmTtlMillis() {
        return llmTtlMillis;
    }

    /** How long an agent's result is served again, milliseconds. */
    public long agentTtlMillis() {
        return agentTtlMillis;
    }

    /** How long a conversation is remembered after its last answer, milliseconds. */
    public long sessionTtlMillis() {
        return sessionTtlMillis;
    }

    /** Whether answers drawn at random (temperature omitted or positive) are kept. */
    public boolean sampled() {
        return sampled;
    }

    /** The most earlier turns of a conversation that are sent along. */
    public int sessionTurns() {
        return sessionTurns;
    }

    /** The most tokens of earlier turns that are sent along. */
    public long sessionTokens() {
        return sessionTokens;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof CacheRules)) {
            return false;
        }
        CacheRules that = (CacheRules) other;
        return llmTtlMillis == that.llmTtlMillis
                && agentTtlMillis == that.agentTtlMillis
                && sessionTtlMillis == that.sessionTtlMillis
                && sampled == that.sampled
                && sessionTurns == that.sessionTurns
                && sessionTokens == that.sessionTokens;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                llmTtlMillis,
                agentTtlMillis,
                sessionTtlMillis,
                sampled,
                sessionTurns,
                sessionTokens);
    }

    @Override
    public String toString() {
        return "CacheRules{llmTtlMillis="
                + llmTtlMillis
                + ", agentTtlMillis="
                + agentTtlMillis
                + ", sessionTtlMillis="
                + sessionTtlMillis
                + ", sampled="
                + sampled
                + ", sessionTurns="
                + sessionTurns
                + ", sessionTokens="
                + sessionTokens
                + '}';
    }
}
