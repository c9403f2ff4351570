package io.sluice.pipeline.model.schedule;

/** What one lane of one subtask holds at most. Immutable. */
public final class LaneBounds {
    private final int runningCalls;
    private final long runningBytes;
    private final int waitingCalls;
    private final long waitingBytes;

    /**
     * Bounds, each at least 1.
     *
     * @param runningCalls calls at once
     * @param runningBytes their prompts' bytes together
     * @param waitingCalls calls that wait
     * @param waitingBytes their prompts' bytes together, at most {@link Integer#MAX_VALUE}
     */
    public LaneBounds(int runningCalls, long runningBytes, int waitingCalls, long waitingBytes) {
        if (runningCalls < 1
                || runningBytes < 1
                || waitingCalls < 1
                || waitingBytes < 1
                || waitingBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "lane: seen "
                            + runningCalls
                            + " running calls of "
                            + runningBytes
                            + " bytes, "
                            + waitingCalls
                            + " waiting calls, "
                            + waitingBytes
                            + " waiting bytes; expected each from 1 to "
                            + Integer.MAX_VALUE);
        }
        this.runningCalls = runningCalls;
        this.runningBytes = runningBytes;
        this.waitingCalls = waitingCalls;
        this.waitingBytes = waitingBytes;
    }

    int runningCalls() {
        return runningCalls;
    }

    long runningBytes() {
        return runningBytes;
    }

    int waitingCalls() {
        return waitingCalls;
    }

    long waitingBytes() {
        return waitingBytes;
    }
}
