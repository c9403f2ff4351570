package io.sluice.sinks.archive;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.CanonicalWriter;
import io.sluice.contract.audit.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** Archive files as the job writes them. */
public final class ArchiveFiles {
    private ArchiveFiles() {}

    /** Writes a file of these records. */
    public static Path write(Path file, List<AuditRecord> records) throws IOException {
        Files.createDirectories(file.getParent());
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(file.toUri());
        try (FSDataOutputStream out =
                LocalFileSystem.getSharedInstance().create(path, WriteMode.OVERWRITE)) {
            BulkWriter<AuditRecord> writer = new ArchiveWriterFactory().create(out);
            for (AuditRecord record : records) {
                writer.addElement(record);
            }
            writer.finish();
        }
        return file;
    }

    /** The records of a file. */
    public static List<AuditRecord> read(Path path) throws IOException {
        List<AuditRecord> records = new ArrayList<>();
        try (ArchiveFile file = ArchiveFile.open(path)) {
            AuditRecord next = file.next();
            while (next != null) {
                records.add(next);
                next = file.next();
            }
        }
        return records;
    }

    /** A tenant's records from the first to that number, chained. */
    public static List<AuditRecord> chain(String tenantId, int count, long arrivedAtMillis) {
        List<AuditRecord> chain = new ArrayList<>();
        byte[] previous = AuditRecord.genesis();
        for (int seq = 1; seq <= count; seq++) {
            byte[] body =
                    new CanonicalWriter()
                            .beginObject()
                            .field("arrived_at_millis", arrivedAtMillis)
                            .field("kind", "outcome")
                            .field("prev_hash", Hex.of(previous))
                            .field("seq", seq)
                            .field("tenant_id", tenantId)
                            .endObject()
                            .toBytes();
            AuditRecord record =
                    AuditRecord.seal(tenantId, seq, AuditKind.OUTCOME, arrivedAtMillis, body);
            chain.add(record);
            previous = record.hash();
        }
        return chain;
    }
}
