package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A target on a route: how early it is tried, its share among equals, its quota. Immutable. */
public final class Candidate {
    private final Target target;
    private final int rank;
    private final int weight;
    private final TargetQuota quota;

    /**
     * A target on a route.
     *
     * @param rank from 0; lower ones are tried first
     * @param weight its share among those of equal rank, from 1
     */
    public Candidate(Target target, int rank, int weight, TargetQuota quota) {
        if (rank < 0 || weight < 1) {
            throw new IllegalArgumentException(
                    "rank and weight: seen "
                            + rank
                            + " and "
                            + weight
                            + ", expected from 0 and from 1");
        }
        this.target = Objects.requireNonNull(target, "target");
        this.rank = rank;
        this.weight = weight;
        this.quota = Objects.requireNonNull(quota, "quota");
    }

    /** That target alone, without quotas of its own. */
    public static Candidate of(Target target) {
        return new Candidate(target, 0, 1, TargetQuota.ofModel(target.model()));
    }

    /** Where the call goes. */
    public Target target() {
        return target;
    }

    /** Its place in the order of trying, from 0. */
    public int rank() {
        return rank;
    }

    /** Its share among those of equal rank, from 1. */
    public int weight() {
        return weight;
    }

    /** What it may take. */
    public TargetQuota quota() {
        return quota;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Candidate)) {
            return false;
        }
        Candidate that = (Candidate) other;
        return target.equals(that.target)
                && rank == that.rank
                && weight == that.weight
                && quota.equals(that.quota);
    }

    @Override
    public int hashCode() {
        return Objects.hash(target, rank, weight, quota);
    }

    @Override
    public String toString() {
        return target + " (rank " + rank + ", weight " + weight + ", " + quota + ')';
    }
}
