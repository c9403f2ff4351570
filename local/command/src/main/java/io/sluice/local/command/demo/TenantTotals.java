package io.sluice.local.command.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.api.Reply;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What became of one tenant's requests. Not thread-safe. */
final class TenantTotals {
    private long submitted;
    private long answered;
    private long cacheHits;
    private long coalesced;
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<String, Long> failed = new TreeMap<>();
    private long inputTokens;
    private long outputTokens;
    private BigDecimal costUsd = BigDecimal.ZERO;

    /** Counts a request by its final reply. */
    void add(Reply reply) {
        submitted++;
        JsonNode body = reply.body();
        JsonNode item = body.has("request") ? body.path("request") : body;
        JsonNode decision = item.path("decision");
        switch (item.path("status").asText()) {
            case "succeeded" -> {
                answered++;
                count(decision.path("outcome").asText());
            }
            case "rejected" -> increment(rejected, decision.path("reason").asText("unknown"));
            case "failed", "cancelled" ->
                    increment(failed, decision.path("reason").asText("model-error"));
            case "queued", "running" -> increment(failed, "no answer in time");
            default -> increment(failed, "HTTP " + reply.status());
        }
        inputTokens += item.path("usage").path("input_tokens").asLong();
        outputTokens += item.path("usage").path("output_tokens").asLong();
        costUsd = costUsd.add(new BigDecimal(item.path("cost_usd").asText("0")));
    }

    /** Counts a request that got no reply. */
    void addUnreachable(String why) {
        submitted++;
        increment(failed, why);
    }

    long submitted() {
        return submitted;
    }

    long answered() {
        return answered;
    }

    Map<String, Long> failed() {
        return failed;
    }

    /** The cells of its row: numbers, reasons and the exact cost. */
    String[] cells(String tenant) {
        return new String[] {
            tenant,
            Long.toString(submitted),
            Long.toString(answered),
            Long.toString(cacheHits),
            Long.toString(coalesced),
            reasons(rejected),
            reasons(failed),
            Long.toString(inputTokens),
            Long.toString(outputTokens),
            costUsd.stripTrailingZeros().toPlainString()
        };
    }

    ObjectNode json() {
        ObjectNode node =
                Json.object()
                        .put("submitted", submitted)
                        .put("answered", answered)
                        .put("cache_hits", cacheHits)
                        .put("coalesced", coalesced);
        rejected.forEach(node.putObject("rejected")::put);
        failed.forEach(node.putObject("failed")::put);
        return node.put("input_tokens", inputTokens)
                .put("output_tokens", outputTokens)
                .put("cost_usd", costUsd.stripTrailingZeros().toPlainString());
    }

    private void count(String outcome) {
        if (outcome.equals("cache_hit")) {
            cacheHits++;
        } else if (outcome.equals("coalesced")) {
            coalesced++;
        }
    }

    private static void increment(Map<String, Long> counts, String reason) {
        counts.merge(reason, 1L, Long::sum);
    }

    private static String reasons(Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (reason, count) ->
                        text.append(text.isEmpty() ? "" : ", ")
                                .append(count)
                                .append(' ')
                                .append(reason));
        return text.toString();
    }
}
