package io.sluice.objects.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * How a data key is stored: {@code {"version":1,"wrapped_by":"local:…","wrapped":"…"}}, Base64.
 * Immutable.
 */
final class WrappedKey {
    private static final int VERSION = 1;

    private final String wrappedBy;
    private final byte[] wrapped;

    WrappedKey(String wrappedBy, byte[] wrapped) {
        this.wrappedBy = wrappedBy;
        this.wrapped = wrapped;
    }

    /** The stored key of those bytes; throws {@link MalformedJsonException}. */
    static WrappedKey read(byte[] bytes) {
        JsonNode node = Json.parse(new String(bytes, StandardCharsets.UTF_8));
        if (node.path("version").asInt() != VERSION || !node.path("wrapped").isTextual()) {
            throw new MalformedJsonException(
                    "a data key of version " + node.path("version") + ", expected " + VERSION);
        }
        try {
            return new WrappedKey(
                    node.path("wrapped_by").asText(),
                    Base64.getDecoder().decode(node.get("wrapped").textValue()));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("a data key that is no Base64", e);
        }
    }

    byte[] bytes() {
        return Json.bytes(
                Json.object()
                        .put("version", VERSION)
                        .put("wrapped_by", wrappedBy)
                        .put("wrapped", Base64.getEncoder().encodeToString(wrapped)));
    }

    /** What wrapped it. */
    String wrappedBy() {
        return wrappedBy;
    }

    /** The wrapped key. */
    byte[] wrapped() {
        return wrapped;
    }
}
