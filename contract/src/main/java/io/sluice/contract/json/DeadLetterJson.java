package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.DeadLetter;
import org.jspecify.annotations.Nullable;

/** JSON of a dead letter, as in checkpoints and, with its name, on its stream. */
public final class DeadLetterJson {
    /**
     * So that a letter, in Base64 and with its reason, still fits into a stream record of 1 MiB.
     */
    private static final int MOST_STREAM_BYTES = 700_000;

    private DeadLetterJson() {}

    /** A letter as a tree, whole. */
    public static ObjectNode write(DeadLetter letter) {
        return withoutRecord(letter).put("raw", letter.raw());
    }

    /**
     * The UTF-8 bytes of a letter on its stream: with its name and tenant, and with at most 700,000
     * bytes of the record, which its detail tells if there were more.
     */
    public static byte[] streamRecord(DeadLetter letter) {
        DeadLetter shown = letter;
        int mostCharacters = MOST_STREAM_BYTES / 3 * 4;
        if (letter.raw().length() > mostCharacters) {
            int kept = mostCharacters / 4 * 3;
            shown =
                    letter.toBuilder()
                            .raw(letter.raw().substring(0, mostCharacters))
                            .detail(
                                    letter.detail()
                                            + "; only the first "
                                            + kept
                                            + " of "
                                            + letter.recordBytes()
                                            + " bytes are kept")
                            .build();
        }
        return Json.bytes(write(shown).put("id", letter.id()).put("tenant_id", letter.tenantId()));
    }

    /** A letter without its record. */
    static ObjectNode withoutRecord(DeadLetter letter) {
        ObjectNode node =
                Json.object()
                        .put("v", 1)
                        .put("reason", letter.reason())
                        .put("detail", letter.detail());
        putIfPresent(node, "stream", letter.stream());
        putIfPresent(node, "shard_id", letter.shardId());
        putIfPresent(node, "sequence_number", letter.sequenceNumber());
        node.put("partition_key", letter.partitionKey());
        putIfPresent(node, "request_id", letter.requestId());
        if (letter.attempts() > 0) {
            node.put("attempts", letter.attempts());
        }
        putIfPresent(node, "last_error", letter.lastError());
        node.put("arrived_at_millis", letter.arrivedAtMillis());
        if (letter.diedAtMillis() != letter.arrivedAtMillis()) {
            node.put("died_at_millis", letter.diedAtMillis());
        }
        return node;
    }

    /** The dead letter of a tree; throws {@link MalformedJsonException} if it is none. */
    public static DeadLetter read(JsonNode node) {
        Fields fields = Fields.of("dead-letter", node);
        return read(fields).raw(fields.text("raw")).build();
    }

    static DeadLetter.Builder read(Fields fields) {
        boolean byRequest = fields.has("request_id");
        if (!byRequest && !fields.has("stream") && !fields.has("sequence_number")) {
            throw new MalformedJsonException(
                    "dead-letter.request_id: missing, and so is its place on a stream");
        }
        long arrivedAtMillis = fields.number("arrived_at_millis");
        return DeadLetter.builder()
                .reason(fields.text("reason"))
                .detail(fields.text("detail"))
                .stream(place(fields, "stream", byRequest))
                .shardId(place(fields, "shard_id", byRequest))
                .sequenceNumber(place(fields, "sequence_number", byRequest))
                .partitionKey(fields.text("partition_key"))
                .requestId(fields.optionalText("request_id"))
                .attempts(fields.smallNumber("attempts", 0))
                .lastError(fields.optionalText("last_error"))
                .arrivedAtMillis(arrivedAtMillis)
                .diedAtMillis(fields.number("died_at_millis", arrivedAtMillis));
    }

    private static @Nullable String place(Fields fields, String name, boolean byRequest) {
        return byRequest ? fields.optionalText(name) : fields.text(name);
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
