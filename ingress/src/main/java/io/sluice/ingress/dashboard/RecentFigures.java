package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What usage windows do not tell, from the newest results of the last hour: reasons of rejections
 * and latency, and how many results it is made of. Percentiles are exact over those, by the nearest
 * rank.
 */
final class RecentFigures {
    private static final long SPAN_MILLIS = Duration.ofHours(1).toMillis();

    private final List<ResultItem> results;

    /** Of results in any order; those received more than an hour ago do not count. */
    RecentFigures(long nowMillis, List<ResultItem> results) {
        this.results =
                results.stream()
                        .filter(item -> item.receivedAtMillis() > nowMillis - SPAN_MILLIS)
                        .toList();
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("results", results.size());
        results.stream()
                .mapToLong(ResultItem::receivedAtMillis)
                .min()
                .ifPresent(first -> json.put("since", Instant.ofEpochMilli(first).toString()));
        json.set("rejected_by_reason", reasons());
        json.set(
                "answered_ms",
                latency(
                        results.stream()
                                .filter(RecentFigures::isAnswered)
                                .map(
                                        item ->
                                                Math.max(
                                                        0,
                                                        item.finishedAtMillis()
                                                                - item.receivedAtMillis()))
                                .toList()));
        json.set(
                "model_ms",
                latency(
                        results.stream()
                                .filter(RecentFigures::isAnswered)
                                .filter(item -> item.decision().outcome() == Verdict.INVOKED)
                                .map(ResultItem::latencyMillis)
                                .toList()));
        return json;
    }

    private ArrayNode reasons() {
        Map<String, Long> counts = new TreeMap<>();
        results.stream()
                .filter(item -> item.status() == ResultStatus.REJECTED)
                .forEach(
                        item -> {
                            String reason = item.decision().reason();
                            counts.merge(reason == null ? "unknown" : reason, 1L, Long::sum);
                        });
        ArrayNode rows = Json.object().arrayNode();
        counts.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .forEach(
                        e ->
                                rows.add(
                                        Json.object()
                                                .put("reason", e.getKey())
                                                .put("requests", e.getValue())));
        return rows;
    }

    private static boolean isAnswered(ResultItem item) {
        return item.status() == ResultStatus.SUCCEEDED;
    }

    private static ObjectNode latency(List<Long> millis) {
        ObjectNode json = Json.object().put("samples", millis.size());
        if (millis.isEmpty()) {
            return json.putNull("p50").putNull("p95");
        }
        List<Long> sorted = millis.stream().sorted().toList();
        return json.put("p50", percentile(sorted, 50)).put("p95", percentile(sorted, 95));
    }

    /** The least value that at least so many per cent of the values do not exceed. */
    static long percentile(List<Long> sorted, int percent) {
        int rank = (sorted.size() * percent + 99) / 100;
        return sorted.get(Math.max(1, rank) - 1);
    }
}
