package io.sluice.sinks.cloudwatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Metrics in memory; answers at once, never, or with the failures it was given. */
final class MapMetricStore implements MetricStore {
    final List<MetricBatch> accepted = new ArrayList<>();
    final Deque<RuntimeException> failuresToCome = new ArrayDeque<>();
    boolean silent;
    int calls;

    @Override
    public CompletableFuture<Void> put(MetricBatch batch) {
        calls++;
        if (silent) {
            return new CompletableFuture<>();
        }
        RuntimeException failure = failuresToCome.poll();
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        accepted.add(batch);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}

    List<String> acceptedSets() {
        return accepted.stream()
                .flatMap(batch -> batch.sets().stream())
                .map(MetricSet::toString)
                .collect(Collectors.toList());
    }

    long acceptedSamples() {
        return accepted.stream().mapToLong(MetricBatch::samples).sum();
    }
}
