package io.sluice.pipeline.topology.shards;

import java.util.HashSet;
import org.apache.flink.api.common.functions.AggregateFunction;

/** All ids that any subtask told. */
final class UnionOfIds
        implements AggregateFunction<HashSet<String>, HashSet<String>, HashSet<String>> {
    private static final long serialVersionUID = 1;

    @Override
    public HashSet<String> createAccumulator() {
        return new HashSet<>();
    }

    @Override
    public HashSet<String> add(HashSet<String> told, HashSet<String> all) {
        all.addAll(told);
        return all;
    }

    @Override
    public HashSet<String> getResult(HashSet<String> all) {
        return all;
    }

    @Override
    public HashSet<String> merge(HashSet<String> one, HashSet<String> other) {
        one.addAll(other);
        return one;
    }
}
