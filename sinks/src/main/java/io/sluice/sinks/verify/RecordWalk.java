package io.sluice.sinks.verify;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.IOException;
import java.util.SortedSet;
import java.util.function.Consumer;

/** Reads an archive's records, file by file in the order of their names; nothing is checked. */
public final class RecordWalk {
    private RecordWalk() {}

    /**
     * Over a part of an archive.
     *
     * @throws IOException if a file cannot be read
     */
    public static void over(
            ArchiveFolder folder,
            VerifyScope scope,
            VerifyProgress progress,
            Consumer<AuditRecord> records)
            throws IOException {
        SortedSet<String> names = folder.recordFiles();
        names.removeIf(name -> !scope.hasFile(name));
        progress.begins(names.size());
        for (String name : names) {
            progress.file(file(folder, scope, name, records));
        }
    }

    private static long file(
            ArchiveFolder folder, VerifyScope scope, String name, Consumer<AuditRecord> records)
            throws IOException {
        long read = 0;
        try (ArchiveFile file = ArchiveFile.open(folder.path(name))) {
            AuditRecord record = file.next();
            while (record != null) {
                read++;
                if (scope.hasRecord(record)) {
                    records.accept(record);
                }
                record = file.next();
            }
        }
        return read;
    }
}
