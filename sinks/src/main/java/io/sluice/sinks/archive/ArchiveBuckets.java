package io.sluice.sinks.archive;

import io.sluice.contract.audit.AuditRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** The folder of a record: {@code date=2026-11-27/hour=09}, UTC, by arrival. */
final class ArchiveBuckets implements BucketAssigner<AuditRecord, String> {
    private static final long serialVersionUID = 1;

    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("'date='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    @Override
    public String getBucketId(AuditRecord record, Context context) {
        return FOLDER.format(Instant.ofEpochMilli(record.arrivedAtMillis()));
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }
}
