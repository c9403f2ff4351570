package io.sluice.benchmarks;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param latencies of calls with the expected status, microseconds from the intended start
 * @param statuses answers by HTTP status; 0 stands for none
 * @param acknowledged what was acknowledged, in the order of the answers
 */
record LoadResult(
        Histogram latencies, Map<Integer, Long> statuses, List<Acknowledged> acknowledged) {

    /**
     * A request that the system owes a result.
     *
     * @param tenantId whose
     * @param requestId under which id
     */
    record Acknowledged(String tenantId, String requestId) {}

    /** A percentile in milliseconds. */
    double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** Answers with another status than this. */
    long others(int expected) {
        return statuses.entrySet().stream()
                .filter(e -> e.getKey() != expected)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
