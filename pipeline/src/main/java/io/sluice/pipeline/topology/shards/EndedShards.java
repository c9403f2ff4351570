package io.sluice.pipeline.topology.shards;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The shards of one subtask that have ended for good: their end is in a completed checkpoint.
 * Thread-safe.
 */
final class EndedShards {
    private final TreeMap<Long, Set<String>> inCheckpoints = new TreeMap<>();
    private Set<String> forGood = Set.of();

    /** A checkpoint that is under way has these shards at their end. */
    synchronized void snapshotted(long checkpointId, Set<String> atTheirEnd) {
        inCheckpoints.put(checkpointId, new HashSet<>(atTheirEnd));
    }

    /** A checkpoint is complete; older ones that were not will never be. */
    synchronized void completed(long checkpointId) {
        Map.Entry<Long, Set<String>> newest = inCheckpoints.floorEntry(checkpointId);
        if (newest != null) {
            forGood = Set.copyOf(newest.getValue());
            inCheckpoints.headMap(checkpointId, true).clear();
        }
    }

    synchronized Set<String> forGood() {
        return forGood;
    }
}
