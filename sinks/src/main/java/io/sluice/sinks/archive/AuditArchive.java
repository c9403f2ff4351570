package io.sluice.sinks.archive;

import io.sluice.contract.audit.AuditRecord;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;

/**
 * Writes audit records to Parquet files, each record to exactly one: a file gets its name when the
 * checkpoint that has all its records in it is complete. Names of files that are not there yet
 * begin with a dot.
 */
public final class AuditArchive {
    private AuditArchive() {}

    /**
     * Below that folder, as {@code date=…/hour=…/audit-….parquet}.
     *
     * @param folder of any of Flink's file systems: {@code file:///…}, {@code s3://…}
     */
    public static Sink<AuditRecord> below(String folder) {
        return FileSink.<AuditRecord>forBulkFormat(new Path(folder), new ArchiveWriterFactory())
                .withBucketAssigner(new ArchiveBuckets())
                .withOutputFileConfig(
                        OutputFileConfig.builder()
                                .withPartPrefix("audit")
                                .withPartSuffix(".parquet")
                                .build())
                .build();
    }

    /** Writes single files of the archive, for whoever has records and no job. */
    public static BulkWriter.Factory<AuditRecord> files() {
        return new ArchiveWriterFactory();
    }
}
