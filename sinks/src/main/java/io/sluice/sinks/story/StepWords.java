package io.sluice.sinks.story;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts a record into plain words, as seen by one request. */
final class StepWords {
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
                    Map.entry("shed", "it was given up before its call: the lane was full"),
                    Map.entry("withdrawn", "its call is not to be made if it has not begun"),
                    Map.entry("turn-dropped", "its turn of the conversation was not kept"));

    private final String title;
    private final List<String> lines = new ArrayList<>();

    private StepWords(String title) {
        this.title = title;
    }

    static StepWords of(String requestId, AuditKind kind, JsonNode body) {
        JsonNode input = body.path("input");
        boolean own = requestId.equals(input.path("request_id").asText());
        StepWords words = new StepWords(title(kind, own, input));
        if (own && body.has("decision")) {
            words.asked(input);
            words.decided(body.path("decision"), input);
        } else if (own) {
            words.ended(input);
        } else if (input.has("request_id")) {
            words.line("that of " + input.path("request_id").asText());
        }
        words.happened(own, requestId, body.path("transitions"));
        return words;
    }

    private static String title(AuditKind kind, boolean own, JsonNode input) {
        switch (kind) {
            case REQUEST:
                return own ? "the request came" : "another request came";
            case OUTCOME:
                return own ? "its call ended" : "the call of another ended";
            case COMMAND:
                return "the command " + input.path("name").asText();
        }
        throw new IllegalStateException("a kind of record without words");
    }

    String title() {
        return title;
    }

    List<String> lines() {
        return List.copyOf(lines);
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
                        + Amounts.time(input.path("received_at_millis").asLong())
                        + ", to be answered by "
                        + Amounts.time(input.path("deadline_at_millis").asLong()));
    }

    private void decided(JsonNode decision, JsonNode input) {
        JsonNode policy = input.path("policy");
        line(
                "decided at "
                        + Amounts.time(decision.path("decided_at_millis").asLong())
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
                                            + Amounts.seconds(
                                                    decision.path("retry_after_ms").asLong())
                                    : ""));
        }
        if (decision.has("downgraded_to")) {
            line(
                    "a spent budget turned it to the cheaper "
                            + decision.path("downgraded_to").asText());
        }
        for (JsonNode limit : decision.path("limits")) {
            limit(limit);
        }
    }

    private void limit(JsonNode limit) {
        String name = limit.path("name").asText();
        line(
                name
                        + ": "
                        + Amounts.of(name, limit.path("remaining"))
                        + " of "
                        + Amounts.of(name, limit.path("limit"))
                        + " left, all again after "
                        + Amounts.seconds(limit.path("reset_ms").asLong()));
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
                        + Amounts.time(input.path("finished_at_millis").asLong())
                        + " after "
                        + Amounts.seconds(input.path("latency_millis").asLong())
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
                        + Amounts.usd(input.path("cost_pico_usd"))
                        + " by prices "
                        + input.path("price_version").asText());
    }

    private void happened(boolean own, String requestId, JsonNode transitions) {
        for (JsonNode transition : transitions) {
            String what = transition.path("what").asText();
            if (own && what.equals("policy-changed")) {
                line("-> it brought another policy, by which the tenant goes from here on");
            }
            if (requestId.equals(transition.path("subject").asText())) {
                line("-> " + HAPPENED.getOrDefault(what, what));
            }
        }
    }

    private void line(String what) {
        lines.add(what);
    }
}
