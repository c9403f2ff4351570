package io.sluice.ingress.letter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.json.Json;
import java.time.Instant;
import java.util.Base64;

/** How the administrator sees a letter; times in ISO 8601. */
final class LetterView {
    private LetterView() {}

    /** Everything but the record, which may hold a prompt. */
    static ObjectNode of(DeadLetterItem item) {
        DeadLetter letter = item.letter();
        return Json.object()
                .put("id", letter.id())
                .put("status", item.redrivenStored() ? "redriven" : "open")
                .put("tenant_id", letter.tenantId())
                .put("reason", letter.reason())
                .put("detail", letter.detail())
                .put("request_id", letter.requestId())
                .put("attempts", letter.attempts())
                .put("last_error", letter.lastError())
                .put("stream", letter.stream())
                .put("shard_id", letter.shardId())
                .put("sequence_number", letter.sequenceNumber())
                .put("partition_key", letter.partitionKey())
                .put("arrived_at", time(letter.arrivedAtMillis()))
                .put("died_at", time(letter.diedAtMillis()))
                .put("expires_at", time(item.expiresAtSeconds() * 1_000))
                .put("record_bytes", item.recordBytes())
                .put("redriven_as", item.redrivenAs())
                .put(
                        "redriven_at",
                        item.redrivenAs() == null ? null : time(item.redrivenAtMillis()));
    }

    /** With the record as it lay on the stream. */
    static ObjectNode of(DeadLetterItem item, byte[] record) {
        return of(item).put("record", Base64.getEncoder().encodeToString(record));
    }

    /** After it was redriven, now or before. */
    static ObjectNode redriven(Redrive.Redriven done) {
        return Json.object()
                .put("id", done.id())
                .put("status", "redriven")
                .put("redriven_as", done.as())
                .put("redriven_at", time(done.atMillis()))
                .put("repeated", done.repeated());
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
