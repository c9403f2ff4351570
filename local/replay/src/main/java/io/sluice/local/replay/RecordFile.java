package io.sluice.local.replay;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.AuditRecordJson;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file of records: one of the archive, or a copy of the stream. */
final class RecordFile {
    /** Ending of files that have a record of the stream in each line; others are archive files. */
    static final String LINES = ".jsonl";

    private RecordFile() {}

    /**
     * Its records, in the order in which they lie there.
     *
     * @throws IOException if it cannot be read, or has something else in it
     */
    static void read(Path path, Consumer<AuditRecord> records) throws IOException {
        if (path.toString().endsWith(LINES)) {
            lines(path, records);
        } else {
            rows(path, records);
        }
    }

    private static void rows(Path path, Consumer<AuditRecord> records) throws IOException {
        try (ArchiveFile file = ArchiveFile.open(path)) {
            AuditRecord record = file.next();
            while (record != null) {
                records.accept(record);
                record = file.next();
            }
        }
    }

    private static void lines(Path path, Consumer<AuditRecord> records) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            String line = lines.readLine();
            while (line != null) {
                records.accept(AuditRecordJson.read(line.getBytes(StandardCharsets.UTF_8)));
                line = lines.readLine();
            }
        } catch (MalformedJsonException e) {
            throw new IOException(path + " has a line that is no record: " + e.getMessage(), e);
        }
    }
}
