package io.sluice.ingress.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.policy.ModelFamily;
import io.sluice.ingress.canonical.CanonicalJson;
import io.sluice.ingress.canonical.Sha256;
import io.sluice.ingress.tokens.TokenEstimator;
import java.util.Set;

/**
 * Everything of a request but the model that affects the output, in its normal form: see {@link
 * io.sluice.contract.json.PromptPayload}, with the keys of every object sorted, so that equal
 * hashes mean equal payloads.
 */
final class Prompt {
    /**
     * Version of the canonical form, part of what is hashed: whoever changes the form raises it, so
     * that no answer is served for a prompt that only looks the same.
     */
    private static final int FORM = 2;

    private final String payload;
    private final String hash;
    private final boolean sampled;
    private final long estimatedInputTokens;

    private Prompt(String payload, String hash, boolean sampled, long estimatedInputTokens) {
        this.payload = payload;
        this.hash = hash;
        this.sampled = sampled;
        this.estimatedInputTokens = estimatedInputTokens;
    }

    /** The prompt of a checked document, that models of these families may be asked. */
    static Prompt of(Set<ModelFamily> families, ObjectNode checked) {
        JsonNode canonical = CanonicalJson.of(checked);
        ObjectNode hashed = Json.object().put("form", FORM);
        hashed.set("prompt", canonical);
        JsonNode temperature = canonical.path("temperature");
        return new Prompt(
                Json.text(canonical),
                Sha256.hex(Json.bytes(hashed)),
                temperature.isMissingNode() || temperature.decimalValue().signum() > 0,
                families.stream()
                        .mapToLong(family -> TokenEstimator.estimate(family, canonical))
                        .max()
                        .orElseThrow());
    }

    /** The document the invoker reads. */
    String payload() {
        return payload;
    }

    /** SHA-256 over the form's version and the payload, hex; the model is not in it. */
    String hash() {
        return hash;
    }

    /**
     * SHA-256 over what an agent was asked to do, the model and this prompt's hash, hex: results of
     * one agent are shared only between requests that are equal in all three.
     */
    String taskHash(String task, String model) {
        return Sha256.hex(
                Json.bytes(
                        Json.object()
                                .put("form", FORM)
                                .put("task", task)
                                .put("model", model)
                                .put("prompt_hash", hash)));
    }

    /** Whether the answer is drawn at random: temperature omitted or positive. */
    boolean sampled() {
        return sampled;
    }

    /** The input tokens, the most over the families, by {@link TokenEstimator}. */
    long estimatedInputTokens() {
        return estimatedInputTokens;
    }
}
