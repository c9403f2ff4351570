package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.PayloadKind;
import io.sluice.contract.PayloadReference;
import org.jspecify.annotations.Nullable;

/**
 * The text that stands in a payload's place: {@code {"payload_ref":{"tenant_id":"…",
 * "request_id":"…","kind":"prompt","sha256":"…","bytes":70000}}}, of an answer with {@code
 * stop_reason} beside {@code bytes}. No other payload begins like that: those are written by
 * ingress and invoker, with {@code max_tokens}, {@code messages} or {@code text} first.
 */
public final class PayloadReferenceJson {
    private static final String NAME = "payload_ref";
    private static final String BEGINNING = "{\"" + NAME + "\":";

    private PayloadReferenceJson() {}

    /** Whether that payload lies elsewhere. */
    public static boolean isReference(@Nullable String payload) {
        return payload != null && payload.startsWith(BEGINNING);
    }

    /** The text of a reference. */
    public static String write(PayloadReference reference) {
        ObjectNode node = Json.object();
        ObjectNode fields =
                node.putObject(NAME)
                        .put("tenant_id", reference.tenantId())
                        .put("request_id", reference.requestId())
                        .put("kind", reference.kind().wireName())
                        .put("sha256", reference.sha256())
                        .put("bytes", reference.bytes());
        if (reference.stopReason() != null) {
            fields.put("stop_reason", reference.stopReason());
        }
        return Json.text(node);
    }

    /** The reference of a text; throws {@link MalformedJsonException} if it is none. */
    public static PayloadReference read(String payload) {
        JsonNode node = Json.parse(payload);
        Fields fields = Fields.of("payload", node).object(NAME);
        try {
            return PayloadReference.of(
                    fields.text("tenant_id"),
                    fields.text("request_id"),
                    fields.word("kind", PayloadKind::ofWireName),
                    fields.text("sha256"),
                    fields.smallNumber("bytes"),
                    fields.optionalText("stop_reason"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(NAME + ": " + e.getMessage(), e);
        }
    }
}
