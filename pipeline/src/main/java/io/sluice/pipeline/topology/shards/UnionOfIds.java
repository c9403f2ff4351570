package io.sluice.pipeline.topology.shards;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.AggregateFunction;

/** All ids that any subtask told. Its sets can be serialized and are its own. */
final class UnionOfIds implements AggregateFunction<Set<String>, Set<String>, Set<String>> {
    private static final long serialVersionUID = 1;

    @Override
    public Set<String> createAccumulator() {
        return new HashSet<>();
    }

    @Override
    public Set<String> add(Set<String> told, Set<String> all) {
        all.addAll(told);
        return all;
    }

    @Override
    public Set<String> getResult(Set<String> all) {
        // On a cluster in one process it is handed over as it is, while others go on adding.
        return new HashSet<>(all);
    }

    @Override
    public Set<String> merge(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
