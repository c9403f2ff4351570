package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.OutcomeStatus;
import org.jspecify.annotations.Nullable;

/**
 * JSON of an attempt in the ledger: its fields are the item's attributes in the table; {@code
 * attempt_key} is the range key. Fields of the end are there once {@code state} is {@code
 * finished}.
 */
public final class AttemptItemJson {
    /** The value of {@code state} from the claim to the end. */
    public static final String CLAIMED = "claimed";

    /** The value of {@code state} once the end is known. */
    public static final String FINISHED = "finished";

    private AttemptItemJson() {}

    /** An attempt as a tree. */
    public static ObjectNode write(AttemptItem item) {
        AttemptEnd end = item.end();
        ObjectNode node =
                Json.object()
                        .put("tenant_id", item.tenantId())
                        .put("attempt_key", item.rangeKey())
                        .put("request_id", item.requestId())
                        .put("attempt", item.attempt())
                        .put("state", end == null ? CLAIMED : FINISHED)
                        .put("run_id", item.runId())
                        .put("target", item.target())
                        .put("model", item.model())
                        .put("claimed_at_millis", item.claimedAtMillis())
                        .put("ends_by_millis", item.endsByMillis());
        if (end != null) {
            write(end, node);
        }
        IsolationJson.write(node, item.isolation());
        return node.put("expires_at", item.expiresAtSeconds());
    }

    private static void write(AttemptEnd end, ObjectNode node) {
        node.put("finished_at_millis", end.finishedAtMillis())
                .put("finished_by", end.finishedBy())
                .put("status", end.status().wireName())
                .put("cost_pico_usd", end.costPicoUsd())
                .put("price_version", end.priceVersion())
                .put("latency_ms", end.latencyMillis())
                .put("ambiguous", end.ambiguous())
                .put("estimated", end.estimated())
                .set("usage", UsageJson.write(end.usage()));
        putIfPresent(node, "reason", end.reason());
        putIfPresent(node, "stop_reason", end.stopReason());
        putIfPresent(node, "output", end.output());
    }

    /** The attempt of a tree; throws {@link MalformedJsonException} if it is none. */
    public static AttemptItem read(JsonNode node) {
        Fields fields = Fields.of("attempt", node);
        try {
            return AttemptItem.builder()
                    .tenantId(fields.text("tenant_id"))
                    .requestId(fields.text("request_id"))
                    .attempt(fields.smallNumber("attempt"))
                    .runId(fields.text("run_id"))
                    .target(fields.text("target"))
                    .model(fields.text("model"))
                    .claimedAtMillis(fields.number("claimed_at_millis"))
                    .endsByMillis(fields.number("ends_by_millis"))
                    .end(fields.word("state", AttemptItemJson::isFinished) ? end(fields) : null)
                    .expiresAtSeconds(fields.number("expires_at"))
                    .isolation(IsolationJson.read(fields))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("attempt: " + e.getMessage(), e);
        }
    }

    private static AttemptEnd end(Fields fields) {
        return AttemptEnd.builder()
                .finishedAtMillis(fields.number("finished_at_millis"))
                .finishedBy(fields.text("finished_by"))
                .status(fields.word("status", OutcomeStatus::ofWireName))
                .reason(fields.optionalText("reason"))
                .stopReason(fields.optionalText("stop_reason"))
                .usage(UsageJson.read(fields.object("usage")))
                .costPicoUsd(fields.number("cost_pico_usd"))
                .priceVersion(fields.text("price_version"))
                .latencyMillis(fields.number("latency_ms"))
                .output(fields.optionalText("output"))
                .ambiguous(fields.flag("ambiguous"))
                .estimated(fields.flag("estimated"))
                .build();
    }

    private static boolean isFinished(String state) {
        if (!state.equals(CLAIMED) && !state.equals(FINISHED)) {
            throw new IllegalArgumentException(
                    "unknown state '" + state + "', expected 'claimed' or 'finished'");
        }
        return state.equals(FINISHED);
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
