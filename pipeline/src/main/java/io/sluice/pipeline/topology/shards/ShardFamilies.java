package io.sluice.pipeline.topology.shards;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which shards of a stream may be read: a shard's records follow those of the shards it was split
 * or merged from, so it waits until each of these has ended for good or has left the stream.
 *
 * <p>A shard has ended for good when a completed checkpoint has its end: then all of its records
 * were processed, and no restore reads them again beside its children's. Not thread-safe.
 */
final class ShardFamilies {
    private final Map<String, List<String>> parents = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> begun = new HashSet<>();

    /**
     * Families as a restored checkpoint has them.
     *
     * @param begun shards whose reading had begun: they go on whatever their parents do
     * @param ended those of them that were read to their end
     */
    ShardFamilies(Set<String> begun, Set<String> ended) {
        this.begun.addAll(begun);
        this.ended.addAll(ended);
    }

    /** A shard that the stream has, and the shards it came from; none for one of the first. */
    void saw(String shard, List<String> itsParents) {
        parents.put(shard, new ArrayList<>(itsParents));
    }

    /** These shards have ended for good. */
    void ended(Set<String> shards) {
        ended.addAll(shards);
    }

    /** Whether a shard may be read. A parent that the stream no longer has keeps nobody waiting. */
    boolean mayBegin(String shard) {
        return begun.contains(shard)
                || parents.getOrDefault(shard, List.of()).stream()
                        .allMatch(parent -> ended.contains(parent) || !parents.containsKey(parent));
    }
}
