package io.sluice.pipeline.model;

import java.util.EnumMap;
import java.util.Map;

/**
 * Whether a request whose attempt failed may have another one: so many attempts in all, and so many
 * after failures of one kind. Pure; belongs to one request and is used by one thread at a time.
 */
final class RetryRules {
    private final int maxAttempts;
    private final Map<ModelFailure, Integer> failures = new EnumMap<>(ModelFailure.class);
    private int attempts;

    /** For a request of at most so many attempts, from 1. */
    RetryRules(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /** Counts an attempt that starts; gives its number, from 1. */
    int start() {
        return ++attempts;
    }

    /** Attempts that started. */
    int attempts() {
        return attempts;
    }

    /** Counts a failed attempt; true if the rules allow another one. */
    boolean mayRepeatAfter(ModelFailure failure) {
        int times = failures.merge(failure, 1, Integer::sum);
        return times <= failure.repeats() && attempts < maxAttempts;
    }
}
