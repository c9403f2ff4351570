package io.sluice.pipeline.enforce;

import io.sluice.pipeline.usage.Dimensions;

/**
 * An admitted request that has not ended: what its outcome will be booked under. Each hold ends
 * exactly once.
 */
public final class Hold {
    /** What part a held request plays in the response cache. */
    public enum Role {
        /** Its call answers nobody else. */
        ALONE,
        /** Its call also answers the followers of its flight. */
        LEADER,
        /** It waits for its leader's call. */
        FOLLOWER
    }

    private final Role role;
    private final String cacheKey;
    private final Dimensions labels;

    /** A hold; {@code cacheKey} is empty if the answer must not be cached. */
    public Hold(Role role, String cacheKey, Dimensions labels) {
        this.role = role;
        this.cacheKey = cacheKey;
        this.labels = labels;
    }

    /** Its part in the response cache. */
    public Role role() {
        return role;
    }

    /** The key that its answer is cached under; empty for none. */
    public String cacheKey() {
        return cacheKey;
    }

    /** The labels that its usage is kept under. */
    public Dimensions labels() {
        return labels;
    }

    /** The same hold in another role. */
    public Hold as(Role other) {
        return new Hold(other, cacheKey, labels);
    }
}
