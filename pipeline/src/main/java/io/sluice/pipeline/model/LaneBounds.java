package io.sluice.pipeline.model;

/** What one lane of one subtask holds at most. Immutable. */
final class LaneBounds {
    private final int runningCalls;
    private final int waitingCalls;
    private final long waitingBytes;

    /**
     * Bounds, each at least 1.
     *
     * @param runningCalls calls at once
     * @param waitingCalls calls that wait
     * @param waitingBytes their prompts' bytes together, at most {@link Integer#MAX_VALUE}
     */
    LaneBounds(int runningCalls, int waitingCalls, long waitingBytes) {
        if (runningCalls < 1
                || waitingCalls < 1
                || waitingBytes < 1
                || waitingBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "lane: seen "
                            + runningCalls
                            + " running calls, "
                            + waitingCalls
                            + " waiting calls, "
                            + waitingBytes
                            + " waiting bytes; expected each from 1 to "
                            + Integer.MAX_VALUE);
        }
        this.runningCalls = runningCalls;
        this.waitingCalls = waitingCalls;
        this.waitingBytes = waitingBytes;
    }

    int runningCalls() {
        return runningCalls;
    }

    int waitingCalls() {
        return waitingCalls;
    }

    long waitingBytes() {
        return waitingBytes;
    }
}
