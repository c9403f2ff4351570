package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.DeadLetter;

/** JSON of a dead letter, as on its stream. */
public final class DeadLetterJson {
    private DeadLetterJson() {}

    /** The UTF-8 bytes of a dead letter. */
    public static byte[] write(DeadLetter letter) {
        return Json.bytes(
                Json.object()
                        .put("v", 1)
                        .put("reason", letter.reason())
                        .put("detail", letter.detail())
                        .put("stream", letter.stream())
                        .put("shard_id", letter.shardId())
                        .put("sequence_number", letter.sequenceNumber())
                        .put("partition_key", letter.partitionKey())
                        .put("arrived_at_millis", letter.arrivedAtMillis())
                        .put("raw", letter.raw()));
    }

    /** The dead letter of a tree; throws {@link MalformedJsonException} if it is none. */
    public static DeadLetter read(JsonNode node) {
        Fields fields = Fields.of("dead-letter", node);
        return DeadLetter.builder()
                .reason(fields.text("reason"))
                .detail(fields.text("detail"))
                .stream(fields.text("stream"))
                .shardId(fields.text("shard_id"))
                .sequenceNumber(fields.text("sequence_number"))
                .partitionKey(fields.text("partition_key"))
                .arrivedAtMillis(fields.number("arrived_at_millis"))
                .raw(fields.text("raw"))
                .build();
    }
}
