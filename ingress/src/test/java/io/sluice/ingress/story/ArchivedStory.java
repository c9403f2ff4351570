package io.sluice.ingress.story;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.CanonicalWriter;
import io.sluice.contract.audit.Hex;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The records of a request that was admitted and ended, in an archive. */
public final class ArchivedStory {
    /** In a field of the records that no engine writes: no story may show it. */
    public static final String CANARY = "canary-in-a-record";

    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("'date='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    private ArchivedStory() {}

    /** Archives them; gives the file. */
    public static Path write(Path archive, String tenantId, String requestId, long atMillis)
            throws IOException {
        Path folder =
                Files.createDirectories(
                        archive.resolve(FOLDER.format(Instant.ofEpochMilli(atMillis))));
        Path file = folder.resolve("audit-" + requestId + ".parquet");
        AuditRecord came = came(tenantId, requestId, atMillis);
        ArchiveFile.write(file, List.of(came, ended(came, requestId, atMillis + 1_000)));
        return file;
    }

    private static AuditRecord came(String tenantId, String requestId, long atMillis) {
        CanonicalWriter body = new CanonicalWriter().beginObject();
        counter(body, "after", 1);
        counter(body, "before", 0);
        body.field("decision")
                .beginObject()
                .field("decided_at_millis", atMillis)
                .field("policy_version", 1)
                .endObject()
                .field("engine", "1")
                .field("input")
                .beginObject()
                .field("deadline_at_millis", atMillis + 60_000)
                .field("messages", CANARY)
                .field("model", "m")
                .field("received_at_millis", atMillis)
                .field("request_id", requestId)
                .field("text", CANARY)
                .endObject();
        end(body, AuditRecord.genesis(), tenantId, requestId, 1, "invoked");
        return AuditRecord.seal(tenantId, 1, AuditKind.REQUEST, atMillis, body.toBytes());
    }

    private static AuditRecord ended(AuditRecord came, String requestId, long atMillis) {
        CanonicalWriter body = new CanonicalWriter().beginObject();
        counter(body, "after", 0);
        counter(body, "before", 1);
        body.field("engine", "1")
                .field("input")
                .beginObject()
                .field("finished_at_millis", atMillis)
                .field("latency_millis", 700)
                .field("output", CANARY)
                .field("request_id", requestId)
                .field("status", "succeeded")
                .endObject();
        end(body, came.hash(), came.tenantId(), requestId, 2, "settled");
        return AuditRecord.seal(came.tenantId(), 2, AuditKind.OUTCOME, atMillis, body.toBytes());
    }

    private static void counter(CanonicalWriter body, String when, long pending) {
        body.field(when).beginObject().field("pending", pending).endObject();
    }

    private static void end(
            CanonicalWriter body,
            byte[] previous,
            String tenantId,
            String requestId,
            long seq,
            String what) {
        body.field("prev_hash", Hex.of(previous))
                .field("seq", seq)
                .field("tenant_id", tenantId)
                .field("transitions")
                .beginList()
                .beginObject()
                .field("subject", requestId)
                .field("what", what)
                .endObject()
                .endList()
                .endObject();
    }
}
