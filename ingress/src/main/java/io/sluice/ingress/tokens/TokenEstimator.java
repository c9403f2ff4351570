package io.sluice.ingress.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.policy.ModelFamily;

/**
 * The estimated input tokens of a prompt in its normal form ({@link
 * io.sluice.contract.json.PromptPayload}) for a family of models: its texts ({@link TextTokens},
 * whose bounds hold here too), what is JSON in it as text, and what providers add around turns and
 * tools.
 */
public final class TokenEstimator {
    /** Hidden tokens that a provider adds when tools are given; the largest list says 530. */
    private static final long TOOLS = 1_024;

    /** Names and braces that a provider writes around each tool in a form of its own. */
    private static final long PER_TOOL = 32;

    /** Role and turn marks around each message. */
    private static final long PER_MESSAGE = 16;

    /** Marks around a tool's use or result. */
    private static final long PER_BLOCK = 16;

    private final FamilyWeights weights;

    private TokenEstimator(FamilyWeights weights) {
        this.weights = weights;
    }

    /** The estimate for a prompt. */
    public static long estimate(ModelFamily family, JsonNode prompt) {
        return new TokenEstimator(FamilyWeights.of(family)).prompt(prompt);
    }

    private long prompt(JsonNode prompt) {
        long tokens = weights.perRequest() + blocks(prompt.path("system"));
        for (JsonNode message : prompt.path("messages")) {
            tokens += PER_MESSAGE + blocks(message.path("content"));
        }
        if (prompt.has("tools")) {
            tokens += TOOLS + PER_TOOL * prompt.get("tools").size() + json(prompt.get("tools"));
        }
        return tokens + json(prompt.path("tool_choice")) + json(prompt.path("response_format"));
    }

    private long blocks(JsonNode blocks) {
        long tokens = 0;
        for (JsonNode block : blocks) {
            JsonNode text = block.path("text");
            tokens +=
                    text.isTextual() && block.size() == 1
                            ? text(text.textValue())
                            : PER_BLOCK + json(block);
        }
        return tokens;
    }

    private long json(JsonNode node) {
        return node.isMissingNode() ? 0 : text(Json.text(node));
    }

    private long text(String text) {
        return TextTokens.of(text, weights);
    }
}
