package io.sluice.local.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.pipeline.replay.Tally;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Tallies as JSON, and sums of them. Money is decimal text in USD, exact. */
final class TallyJson {
    private static final int USD_PLACES = 12;
    private static final String REJECTED = "rejected";
    private static final String HOURS = "hours";

    private TallyJson() {}

    static ObjectNode ofTenant(String tenantId, Tally happened, Tally would) {
        ObjectNode node = Json.object().put("tenant_id", tenantId);
        node.set("happened", json(happened));
        node.set("would", json(would));
        return node;
    }

    private static ObjectNode json(Tally tally) {
        ObjectNode node =
                Json.object()
                        .put("requests", tally.requests())
                        .put("admitted", tally.admitted())
                        .put("invoked", tally.invoked())
                        .put("cache_hits", tally.cacheHits())
                        .put("coalesced", tally.coalesced())
                        .put("downgraded", tally.downgraded())
                        .put("calls", tally.calls())
                        .put("estimated_calls", tally.estimatedCalls())
                        .put("input_tokens", tally.inputTokens())
                        .put("output_tokens", tally.outputTokens())
                        .put("cost_usd", usd(tally.costPicoUsd()))
                        .put("estimated_usd", usd(tally.estimatedPicoUsd()));
        ObjectNode rejected = node.putObject(REJECTED);
        tally.rejected().forEach(rejected::put);
        ObjectNode hours = node.putObject(HOURS);
        tally.hours()
                .forEach(
                        (at, hour) ->
                                hours.putObject(String.valueOf(at))
                                        .put("admitted", hour.admitted())
                                        .put("rejected", hour.rejected())
                                        .put(
                                                "cost_usd",
                                                usd(BigInteger.valueOf(hour.costPicoUsd()))));
        return node;
    }

    private static String usd(BigInteger picoUsd) {
        return plain(new BigDecimal(picoUsd, USD_PLACES));
    }

    private static String plain(BigDecimal usd) {
        return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
    }

    /** The sum of two: numbers and money are added, whatever else is theirs is kept. */
    static ObjectNode sum(ObjectNode one, JsonNode other) {
        Map<String, JsonNode> fields = new TreeMap<>();
        one.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        other.properties()
                .forEach(field -> fields.merge(field.getKey(), field.getValue(), TallyJson::add));
        ObjectNode node = Json.object();
        fields.forEach(node::set);
        return node;
    }

    private static JsonNode add(JsonNode one, JsonNode other) {
        if (one.isObject()) {
            return sum((ObjectNode) one, other);
        }
        ObjectNode sum = Json.object();
        if (one.isTextual()) {
            sum.put("sum", plain(new BigDecimal(one.asText()).add(new BigDecimal(other.asText()))));
        } else {
            sum.put("sum", one.bigIntegerValue().add(other.bigIntegerValue()));
        }
        return sum.path("sum");
    }
}
