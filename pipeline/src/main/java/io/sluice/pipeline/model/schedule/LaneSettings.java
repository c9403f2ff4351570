package io.sluice.pipeline.model.schedule;

import java.io.Serializable;

/** The bounds of one lane. Immutable. */
public final class LaneSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int calls;
    private final long bytes;
    private final int queuedCalls;
    private final long queuedBytes;

    /**
     * Bounds, each at least 1.
     *
     * @param calls calls at once over all subtasks, of which each has its share
     * @param bytes of prompts of calls at once in one subtask; a larger one is called alone
     * @param queuedCalls calls that may wait in one subtask
     * @param queuedBytes bytes of prompts that may wait in one subtask, below 2 GiB
     */
    public LaneSettings(int calls, long bytes, int queuedCalls, long queuedBytes) {
        this.calls = calls;
        this.bytes = bytes;
        this.queuedCalls = queuedCalls;
        this.queuedBytes = queuedBytes;
    }

    /**
     * Calls at once in one subtask: an equal part, the remainder to the lowest indices. Over all
     * subtasks they add up to the setting; where there are fewer calls than subtasks some have 0.
     */
    public int callsOf(int subtask, int subtasks) {
        return calls / subtasks + (subtask < calls % subtasks ? 1 : 0);
    }

    /**
     * The lane's bounds in one subtask.
     *
     * @throws IllegalArgumentException if the subtask would have no call at all, because then its
     *     tenants' requests would never run
     */
    public LaneBounds boundsOf(Lane lane, int subtask, int subtasks) {
        if (calls < subtasks) {
            throw new IllegalArgumentException(
                    "property Invoke/lane."
                            + lane.label()
                            + ".calls: seen "
                            + calls
                            + " with a parallelism of "
                            + subtasks
                            + ", expected at least one call per subtask; raise it or lower the"
                            + " parallelism");
        }
        return new LaneBounds(callsOf(subtask, subtasks), bytes, queuedCalls, queuedBytes);
    }

    /** Calls of one subtask that run or wait if all calls were its own. */
    public int mostCalls() {
        return Math.addExact(calls, queuedCalls);
    }

    /** Bytes of one subtask's calls that run or wait. */
    public long mostBytes() {
        return Math.addExact(bytes, queuedBytes);
    }

    /** Calls at once over all subtasks. */
    public int calls() {
        return calls;
    }
}
