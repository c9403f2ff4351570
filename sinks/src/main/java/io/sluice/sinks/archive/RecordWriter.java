package io.sluice.sinks.archive;

import io.sluice.contract.audit.AuditRecord;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/** Writes archive files, wherever they lie. */
final class RecordWriter {
    /** Held in memory by each open file until it is written; a file lives for one checkpoint. */
    private static final long ROW_GROUP_BYTES = 16L * 1024 * 1024;

    private RecordWriter() {}

    /** To be closed, which ends the file. */
    static ParquetWriter<AuditRecord> to(OutputFile file) throws IOException {
        return new Builder(file)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new SnappyPages())
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .withDictionaryEncoding(false)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    private static final class Builder extends ParquetWriter.Builder<AuditRecord, Builder> {
        private Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract there
        protected WriteSupport<AuditRecord> getWriteSupport(Configuration configuration) {
            return new ArchiveWriteSupport();
        }

        @Override
        protected WriteSupport<AuditRecord> getWriteSupport(ParquetConfiguration configuration) {
            return new ArchiveWriteSupport();
        }
    }
}
