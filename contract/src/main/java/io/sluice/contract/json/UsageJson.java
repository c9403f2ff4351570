package io.sluice.contract.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Usage;

/**
 * JSON of token counts, the same on the stream, in tables and in answers. {@code
 * cache_write_1h_tokens}, a part of {@code cache_write_tokens}, is left out where it is 0, {@code
 * estimated} where the counts are the provider's.
 */
public final class UsageJson {
    private UsageJson() {}

    /** Token counts as a tree. */
    public static ObjectNode write(Usage usage) {
        ObjectNode node =
                Json.object()
                        .put("input_tokens", usage.inputTokens())
                        .put("output_tokens", usage.outputTokens())
                        .put("cache_read_tokens", usage.cacheReadTokens())
                        .put("cache_write_tokens", usage.cacheWriteTokens());
        if (usage.cacheWrite1hTokens() != 0) {
            node.put("cache_write_1h_tokens", usage.cacheWrite1hTokens());
        }
        if (usage.estimated()) {
            node.put("estimated", true);
        }
        return node;
    }

    static Usage read(Fields fields) {
        try {
            return Usage.builder()
                    .inputTokens(fields.number("input_tokens"))
                    .outputTokens(fields.number("output_tokens"))
                    .cacheReadTokens(fields.number("cache_read_tokens"))
                    .cacheWriteTokens(fields.number("cache_write_tokens"))
                    .cacheWrite1hTokens(fields.number("cache_write_1h_tokens", 0))
                    .estimated(fields.flag("estimated", false))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(String.valueOf(e.getMessage()), e);
        }
    }
}
