package io.sluice.pipeline.model;

import java.io.Serializable;
import java.time.Duration;

/** The bounds within which models are called. Immutable. */
public final class InvokeSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int concurrentCalls;
    private final int queuedCalls;
    private final long queuedBytes;
    private final Duration longestGeneration;
    private final int maxAttempts;

    /**
     * @param concurrentCalls calls at once over all subtasks; each gets its share, at least one
     * @param queuedCalls calls that may wait in one subtask
     * @param queuedBytes bytes of prompts that may wait in one subtask
     * @param longestGeneration after which a call counts as lost; below the async operator's
     *     timeout
     * @param maxAttempts attempts of a call that is throttled or finds nobody there
     */
    public InvokeSettings(
            int concurrentCalls,
            int queuedCalls,
            long queuedBytes,
            Duration longestGeneration,
            int maxAttempts) {
        if (concurrentCalls < 1 || queuedCalls < 1 || queuedBytes < 1 || maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "invoke: expected concurrent calls, queued calls, queued bytes and attempts of"
                            + " 1 or more; seen "
                            + concurrentCalls
                            + ", "
                            + queuedCalls
                            + ", "
                            + queuedBytes
                            + ", "
                            + maxAttempts);
        }
        this.concurrentCalls = concurrentCalls;
        this.queuedCalls = queuedCalls;
        this.queuedBytes = queuedBytes;
        this.longestGeneration = longestGeneration;
        this.maxAttempts = maxAttempts;
    }

    /** Calls at once in one subtask; over all subtasks they add up to the setting. */
    int concurrentCallsOf(int subtask, int subtasks) {
        int share = concurrentCalls / subtasks + (subtask < concurrentCalls % subtasks ? 1 : 0);
        return Math.max(1, share);
    }

    int queuedCalls() {
        return queuedCalls;
    }

    long queuedBytes() {
        return queuedBytes;
    }

    Duration longestGeneration() {
        return longestGeneration;
    }

    int maxAttempts() {
        return maxAttempts;
    }
}
