package io.sluice.ingress.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Money;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.SealedText;
import io.sluice.contract.json.UsageJson;
import java.time.Instant;

/** How clients see a request: times in ISO 8601, money as exact decimal strings. */
public final class ItemView {
    private ItemView() {}

    /** A request without a result yet. */
    public static ObjectNode queued(String id, long receivedAtMillis) {
        return unfinished("queued", id, receivedAtMillis);
    }

    /** A request that a model is called for. */
    public static ObjectNode running(String id, long receivedAtMillis) {
        return unfinished("running", id, receivedAtMillis);
    }

    private static ObjectNode unfinished(String status, String id, long receivedAtMillis) {
        return Json.object()
                .put("id", id)
                .put("status", status)
                .put("received_at", time(receivedAtMillis));
    }

    /** A request with its result. */
    public static ObjectNode of(ResultItem item) {
        ObjectNode view =
                Json.object().put("id", item.requestId()).put("status", item.status().wireName());
        view.set("decision", DecisionView.of(item.decision()));
        view.set("output", output(item));
        view.set("usage", UsageJson.write(item.usage()));
        if (item.stale()) {
            view.put("stale", true);
        }
        if (item.region() != null) {
            view.put("region", item.region());
        }
        if (item.serviceTier() != null) {
            view.put("service_tier", item.serviceTier().wireName());
        }
        if (item.possibleDuplicate()) {
            view.put("possible_duplicate", true);
        }
        return view.put("cost_usd", Money.toUsd(item.costPicoUsd()))
                .put("price_version", item.priceVersion())
                .put("model", item.model())
                .put("latency_ms", item.latencyMillis())
                .put("received_at", time(item.receivedAtMillis()))
                .put("finished_at", time(item.finishedAtMillis()));
    }

    /** An answer that is not at hand is left out and says so: it is read with its request. */
    private static JsonNode output(ResultItem item) {
        String output = item.output();
        if (output == null) {
            return Json.object().nullNode();
        }
        return SealedText.isOpaque(output)
                ? Json.object()
                        .putNull("text")
                        .put("stop_reason", AnswerPayload.stopReason(output))
                        .put("omitted", true)
                : AnswerPayload.read(output);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
