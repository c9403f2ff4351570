package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Money;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.Json;
import java.time.Instant;
import java.util.List;

/** Requests and what was decided about them, never a word of them. */
final class RequestRows {
    private RequestRows() {}

    static ArrayNode of(List<ResultItem> results, int most) {
        ArrayNode rows = Json.object().arrayNode();
        results.stream().limit(most).forEach(item -> rows.add(row(item)));
        return rows;
    }

    private static ObjectNode row(ResultItem item) {
        ObjectNode row =
                Json.object()
                        .put("id", item.requestId())
                        .put(
                                "received_at",
                                Instant.ofEpochMilli(item.receivedAtMillis()).toString())
                        .put("status", item.status().wireName())
                        .put("outcome", item.decision().outcome().wireName())
                        .put("reason", item.decision().reason())
                        .put("model", item.model())
                        .put("endpoint", item.endpoint())
                        .put("cost_usd", Money.toUsd(item.costPicoUsd()));
        return row.put(
                "answered_ms", Math.max(0, item.finishedAtMillis() - item.receivedAtMillis()));
    }
}
