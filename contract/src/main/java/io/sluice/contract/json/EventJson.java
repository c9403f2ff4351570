package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.Event;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;

/**
 * The envelope of the events stream: {@code
 * {"v":1,"type":"request|outcome|command","facts":{…},"payload":…,"traceparent":…}}. Readers accept
 * version 1 and refuse others.
 */
public final class EventJson {
    private static final int VERSION = 1;

    private EventJson() {}

    /** The UTF-8 bytes of an event. */
    public static byte[] write(Event event) {
        ObjectNode node = Json.object().put("v", VERSION);
        if (event instanceof RequestEvent) {
            RequestEvent request = (RequestEvent) event;
            node.put("type", "request").set("facts", FactsJson.write(request.facts()));
            node.put("payload", request.payload());
        } else if (event instanceof OutcomeEvent) {
            OutcomeEvent outcome = (OutcomeEvent) event;
            node.put("type", "outcome").set("facts", FactsJson.write(outcome.facts()));
            putIfPresent(node, "payload", outcome.payload());
        } else if (event instanceof CommandEvent) {
            node.put("type", "command").set("facts", FactsJson.write((CommandEvent) event));
        } else {
            throw new IllegalArgumentException(
                    "unknown kind of event: " + event.getClass().getName());
        }
        putIfPresent(node, "traceparent", event.traceparent());
        return Json.bytes(node);
    }

    /** The event of these bytes; throws {@link MalformedJsonException} if they are none. */
    public static Event read(byte[] utf8) {
        JsonNode document = Json.parse(utf8);
        Fields fields = Fields.of("event", document);
        int version = fields.smallNumber("v");
        if (version != VERSION) {
            throw new MalformedJsonException("event.v: seen " + version + ", expected " + VERSION);
        }
        String type = fields.text("type");
        Fields facts = fields.object("facts");
        switch (type) {
            case "request":
                return RequestEvent.builder()
                        .facts(FactsJson.readRequest(facts))
                        .payload(fields.text("payload"))
                        .traceparent(fields.optionalText("traceparent"))
                        .build();
            case "outcome":
                return OutcomeEvent.builder()
                        .facts(FactsJson.readOutcome(facts))
                        .payload(fields.optionalText("payload"))
                        .traceparent(fields.optionalText("traceparent"))
                        .build();
            case "command":
                return FactsJson.readCommand(facts, fields.optionalText("traceparent"));
            default:
                throw new MalformedJsonException(
                        "event.type: seen '"
                                + abbreviated(type)
                                + "', expected request, outcome or command");
        }
    }

    private static String abbreviated(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }

    private static void putIfPresent(
            ObjectNode node, String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
