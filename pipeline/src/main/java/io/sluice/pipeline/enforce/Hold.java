package io.sluice.pipeline.enforce;

import io.sluice.pipeline.usage.Dimensions;
import org.jspecify.annotations.Nullable;

/**
 * An admitted request that has not ended: what it reserves and what its outcome will be booked
 * under. Each hold ends exactly once: settled by its outcome, or expired. An expired one reserves
 * nothing any more and stays for a while, so that a late outcome is still booked.
 */
public final class Hold {
    /** What part a held request plays in the response cache. */
    public enum Role {
        /** Nobody waits for its call. */
        ALONE,
        /** Its call also answers the followers of its flight. */
        LEADER,
        /** It waits for its leader's call and reserves nothing. */
        FOLLOWER
    }

    private final Role role;
    private final boolean expired;
    private final String cacheKey;
    private final @Nullable String conversation;
    private final Dimensions labels;
    private final long decidedAtMillis;
    private final long minuteEntry;
    private final long tokens;
    private final long ownTokens;
    private final long picoUsd;
    private final long expiresAtMillis;
    private final long staleForMillis;

    /**
     * @param role its part in the response cache
     * @param expired whether it reserves nothing any more
     * @param cacheKey the key its answer is cached under; empty for none
     * @param conversation the conversation it is a turn of; null for none
     * @param labels what its usage is kept under
     * @param decidedAtMillis when it was admitted, in decision time
     * @param minuteEntry number of its entry in the minute log
     * @param tokens reserved tokens
     * @param ownTokens estimated input tokens of its own messages, without earlier turns
     * @param picoUsd reserved money, 10^-12 USD
     * @param expiresAtMillis when it expires, in arrival time
     * @param staleForMillis the age up to which its answer is kept although it is no longer fresh
     */
    public Hold(
            Role role,
            boolean expired,
            String cacheKey,
            @Nullable String conversation,
            Dimensions labels,
            long decidedAtMillis,
            long minuteEntry,
            long tokens,
            long ownTokens,
            long picoUsd,
            long expiresAtMillis,
            long staleForMillis) {
        this.role = role;
        this.expired = expired;
        this.cacheKey = cacheKey;
        this.conversation = conversation;
        this.labels = labels;
        this.decidedAtMillis = decidedAtMillis;
        this.minuteEntry = minuteEntry;
        this.tokens = tokens;
        this.ownTokens = ownTokens;
        this.picoUsd = picoUsd;
        this.expiresAtMillis = expiresAtMillis;
        this.staleForMillis = staleForMillis;
    }

    /** Its part in the response cache. */
    public Role role() {
        return role;
    }

    /** Whether it expired: it reserves nothing and does not count as pending. */
    public boolean expired() {
        return expired;
    }

    /** The key that its answer is cached under; empty for none. */
    public String cacheKey() {
        return cacheKey;
    }

    /** The conversation that it is a turn of; null for none. */
    public @Nullable String conversation() {
        return conversation;
    }

    /** The labels that its usage is kept under. */
    public Dimensions labels() {
        return labels;
    }

    /** When it was admitted, in decision time: what it uses counts in the windows of then. */
    public long decidedAtMillis() {
        return decidedAtMillis;
    }

    /** Number of its entry in the minute log. */
    public long minuteEntry() {
        return minuteEntry;
    }

    /** Reserved tokens. */
    public long tokens() {
        return tokens;
    }

    /** Estimated input tokens of its own messages, without earlier turns of the conversation. */
    public long ownTokens() {
        return ownTokens;
    }

    /** Reserved money, 10^-12 USD. */
    public long picoUsd() {
        return picoUsd;
    }

    /** When it expires; once expired, when it is forgotten. In arrival time, epoch milliseconds. */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    /** The age up to which its answer is kept although it is no longer fresh; 0 if it is not. */
    public long staleForMillis() {
        return staleForMillis;
    }

    /** When its client no longer waits, in arrival time; only until it expires. */
    long deadlineAtMillis() {
        return expiresAtMillis - Admission.GRACE_MILLIS;
    }

    /** Whether it ends at that time. A follower ends with its leader only. */
    boolean isDue(long nowMillis) {
        return expiresAtMillis <= nowMillis && (expired || role != Role.FOLLOWER);
    }

    /** The leader that this follower becomes, with the reservation of the one it replaces. */
    Hold asLeader(long newTokens, long newPicoUsd) {
        return new Hold(
                Role.LEADER,
                expired,
                cacheKey,
                conversation,
                labels,
                decidedAtMillis,
                minuteEntry,
                newTokens,
                ownTokens,
                newPicoUsd,
                expiresAtMillis,
                staleForMillis);
    }

    /** What is left of it after it expired. */
    Hold asExpired(long forgetAtMillis) {
        return new Hold(
                role,
                true,
                cacheKey,
                conversation,
                labels,
                decidedAtMillis,
                minuteEntry,
                0,
                ownTokens,
                0,
                forgetAtMillis,
                staleForMillis);
    }
}
