package io.sluice.sinks.archive;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Hex;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** How a record becomes a row. */
final class ArchiveWriteSupport extends WriteSupport<AuditRecord> {
    @SuppressWarnings("NullAway.Init")
    private RecordConsumer out;

    @Override
    @SuppressWarnings("deprecation") // abstract there
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    private static WriteContext context() {
        return new WriteContext(ArchiveColumns.SCHEMA, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        out = consumer;
    }

    @Override
    public void write(AuditRecord record) {
        out.startMessage();
        text(ArchiveColumns.TENANT, Binary.fromString(record.tenantId()));
        number(ArchiveColumns.SEQ, record.seq());
        text(ArchiveColumns.KIND, Binary.fromString(record.kind().wireName()));
        number(ArchiveColumns.ARRIVED, record.arrivedAtMillis());
        text(ArchiveColumns.HASH, Binary.fromConstantByteArray(Hex.bytes(record.hash())));
        text(ArchiveColumns.RECORD, Binary.fromConstantByteArray(record.body()));
        out.endMessage();
    }

    private void text(int column, Binary value) {
        out.startField(ArchiveColumns.name(column), column);
        out.addBinary(value);
        out.endField(ArchiveColumns.name(column), column);
    }

    private void number(int column, long value) {
        out.startField(ArchiveColumns.name(column), column);
        out.addLong(value);
        out.endField(ArchiveColumns.name(column), column);
    }
}
