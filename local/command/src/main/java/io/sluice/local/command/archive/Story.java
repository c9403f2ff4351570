package io.sluice.local.command.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tells in plain words what records say of one request. */
public final class Story {
    private static final String INDENT = "    ";
    private static final int USD_PLACES = 12;

    private static final Map<String, String> COUNTERS =
            Map.of(
                    "clock_millis", "the tenant's clock",
                    "minute_requests", "requests in the last 60 s",
                    "minute_tokens", "tokens in the last 60 s",
                    "day_requests", "requests today",
                    "day_spent_pico_usd", "spent today",
                    "month_spent_pico_usd", "spent this month",
                    "held_pico_usd", "held for open calls",
                    "pending", "requests that have not ended");

    private static final Map<String, String> HAPPENED =
            Map.ofEntries(
                    Map.entry("rejected", "it was rejected"),
                    Map.entry("served", "it was answered from the cache"),
                    Map.entry("coalesced", "it waits for an identical call in flight"),
                    Map.entry("invoked", "the model is called for it"),
                    Map.entry("settled", "its hold ended, by what the call really used"),
                    Map.entry("expired", "its hold expired: no outcome came in time"),
                    Map.entry("answered", "it got the answer of the call that it waited for"),
                    Map.entry("failed", "it failed with the call that it waited for"),
                    Map.entry("cancelled", "it was withdrawn before its call began"),
                    Map.entry("promoted", "the model is called for it, in place of a failed call"),
                    Map.entry("withdrawn", "its call is not to be made if it has not begun"),
                    Map.entry("turn-dropped", "its turn of the conversation was not kept"));

    private final String requestId;
    private final StringBuilder text = new StringBuilder();

    /** Of that request. */
    public Story(String requestId) {
        this.requestId = requestId;
    }

    /** The story that these records tell, which are in the order of the tenant's history. */
    public String of(List<AuditRecord> records) {
        text.append(requestId).append(" of ").append(records.get(0).tenantId()).append('\n');
        for (AuditRecord record : records) {
            tell(record, Json.parse(record.body()));
        }
        return text.toString();
    }

    private void tell(AuditRecord record, JsonNode body) {
        text.append('\n')
                .append(time(record.arrivedAtMillis()))
                .append("  record ")
                .append(record.seq())
                .append(": ");
        JsonNode input = body.path("input");
        boolean own = requestId.equals(input.path("request_id").asText());
        switch (record.kind()) {
            case REQUEST -> text.append(own ? "the request came" : "another request came");
            case OUTCOME -> text.append(own ? "its call ended" : "the call of another ended");
            case COMMAND -> text.append("the command ").append(input.path("name").asText());
        }
        text.append('\n');
        if (own && body.has("decision")) {
            asked(input);
            decided(body.path("decision"), input);
        } else if (own) {
            ended(input);
        } else if (input.has("request_id")) {
            line("that of " + input.path("request_id").asText());
        }
        happened(body.path("transitions"));
        counters(body.path("before"), body.path("after"));
        line("engine " + body.path("engine").asText());
    }

    private void asked(JsonNode input) {
        line(
                "it asked "
                        + input.path("model").asText()
                        + " with about "
                        + input.path("estimated_input_tokens").asText()
                        + " tokens for at most "
                        + input.path("max_tokens").asText()
                        + ", priority "
                        + input.path("priority").asText()
                        + ", cache "
                        + input.path("cache_mode").asText());
        line(
                "received "
                        + time(input.path("received_at_millis").asLong())
                        + ", to be answered by "
                        + time(input.path("deadline_at_millis").asLong()));
    }

    private void decided(JsonNode decision, JsonNode input) {
        JsonNode policy = input.path("policy");
        line(
                "decided at "
                        + time(decision.path("decided_at_millis").asLong())
                        + (decision.path("clock_adjusted").asBoolean()
                                ? " (not the time at which it was received: clocks differ)"
                                : "")
                        + ", by policy version "
                        + decision.path("policy_version").asText()
                        + " ("
                        + policy.path("hash").asText()
                        + (policy.has("price_version")
                                ? "), prices " + policy.path("price_version").asText()
                                : ")"));
        if (decision.has("reason")) {
            line(
                    "rejected because of "
                            + decision.path("reason").asText()
                            + (decision.has("retry_after_ms")
                                    ? "; it may come again after "
                                            + seconds(decision.path("retry_after_ms").asLong())
                                    : ""));
        }
        if (decision.has("downgraded_to")) {
            line(
                    "a spent budget turned it to the cheaper "
                            + decision.path("downgraded_to").asText());
        }
        for (JsonNode limit : decision.path("limits")) {
            line(
                    limit.path("name").asText()
                            + ": "
                            + amount(limit.path("name").asText(), limit.path("remaining"))
                            + " of "
                            + amount(limit.path("name").asText(), limit.path("limit"))
                            + " left, all again after "
                            + seconds(limit.path("reset_ms").asLong()));
        }
    }

    private void ended(JsonNode input) {
        if (!input.has("status")) {
            return;
        }
        JsonNode usage = input.path("usage");
        line(
                input.path("status").asText()
                        + (input.has("reason") ? " (" + input.path("reason").asText() + ")" : "")
                        + " at "
                        + time(input.path("finished_at_millis").asLong())
                        + " after "
                        + seconds(input.path("latency_millis").asLong())
                        + ", attempt "
                        + input.path("attempt").asText()
                        + ", by "
                        + input.path("model").asText());
        line(
                "used "
                        + usage.path("input_tokens").asText()
                        + " input and "
                        + usage.path("output_tokens").asText()
                        + " output tokens, which cost "
                        + usd(input.path("cost_pico_usd"))
                        + " by prices "
                        + input.path("price_version").asText());
    }

    private void happened(JsonNode transitions) {
        for (JsonNode transition : transitions) {
            if (requestId.equals(transition.path("subject").asText())) {
                String what = transition.path("what").asText();
                line("-> " + HAPPENED.getOrDefault(what, what));
            }
        }
    }

    private void counters(JsonNode before, JsonNode after) {
        after.properties()
                .forEach(
                        field -> {
                            String name = field.getKey();
                            JsonNode was = before.path(name);
                            if (!was.equals(field.getValue())) {
                                line(
                                        COUNTERS.getOrDefault(name, name)
                                                + ": "
                                                + amount(name, was)
                                                + " -> "
                                                + amount(name, field.getValue()));
                            }
                        });
    }

    private static String amount(String name, JsonNode value) {
        if (name.endsWith("_millis")) {
            return value.asLong() <= 0 ? "none" : time(value.asLong());
        }
        return name.endsWith("_pico_usd") || name.startsWith("budget-")
                ? usd(value)
                : value.asText();
    }

    private static String usd(JsonNode picoUsd) {
        BigDecimal usd = new BigDecimal(picoUsd.asText("0")).movePointLeft(USD_PLACES);
        return (usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString()) + " USD";
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private void line(String what) {
        text.append(INDENT).append(what).append('\n');
    }
}
