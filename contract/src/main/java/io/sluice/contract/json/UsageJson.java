package io.sluice.contract.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Usage;

/** JSON of token counts, the same on the stream, in tables and in answers. */
public final class UsageJson {
    private UsageJson() {}

    /** Token counts as a tree. */
    public static ObjectNode write(Usage usage) {
        return Json.object()
                .put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("cache_read_tokens", usage.cacheReadTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens());
    }

    static Usage read(Fields fields) {
        try {
            return Usage.builder()
                    .inputTokens(fields.number("input_tokens"))
                    .outputTokens(fields.number("output_tokens"))
                    .cacheReadTokens(fields.number("cache_read_tokens"))
                    .cacheWriteTokens(fields.number("cache_write_tokens"))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(String.valueOf(e.getMessage()), e);
        }
    }
}
