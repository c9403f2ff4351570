package io.sluice.ingress.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.ingress.canonical.CanonicalJson;
import io.sluice.ingress.canonical.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Everything of a request that affects the model's output, in its normal form: see {@link
 * io.sluice.contract.json.PromptPayload}, with the keys of every object sorted, so that equal
 * hashes mean equal payloads.
 */
final class Prompt {
    /** Hidden tokens that a provider adds when tools are given; the largest list says 530. */
    private static final long TOOLS_OVERHEAD_TOKENS = 1_024;

    /** Role and turn marks around each message. */
    private static final long MESSAGE_OVERHEAD_TOKENS = 16;

    private final String payload;
    private final String hash;
    private final long estimatedInputTokens;

    private Prompt(String payload, String hash, long estimatedInputTokens) {
        this.payload = payload;
        this.hash = hash;
        this.estimatedInputTokens = estimatedInputTokens;
    }

    /** The prompt of a checked document for one model. */
    static Prompt of(String model, ObjectNode checked) {
        JsonNode canonical = CanonicalJson.of(checked);
        String payload = Json.text(canonical);
        ObjectNode hashed = Json.object().put("model", model);
        hashed.set("prompt", canonical);
        return new Prompt(payload, Sha256.hex(Json.bytes(hashed)), estimate(canonical, payload));
    }

    /** The document the invoker reads. */
    String payload() {
        return payload;
    }

    /** SHA-256 over model and payload, hex. */
    String hash() {
        return hash;
    }

    /**
     * An upper bound of the input tokens: one per UTF-8 byte of the payload, plus what turns and
     * tools add. Byte-level tokenisers never make more tokens than bytes; the payload's own
     * punctuation is more than the provider's. English text has about four bytes a token, so the
     * bound is generous; settlement brings it down to what was used.
     */
    long estimatedInputTokens() {
        return estimatedInputTokens;
    }

    private static long estimate(JsonNode prompt, String payload) {
        return payload.getBytes(StandardCharsets.UTF_8).length
                + MESSAGE_OVERHEAD_TOKENS * prompt.path("messages").size()
                + (prompt.has("tools") ? TOOLS_OVERHEAD_TOKENS : 0);
    }
}
