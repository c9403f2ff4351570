package io.sluice.sinks.archive;

import io.sluice.contract.audit.AuditRecord;
import java.io.IOException;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Writes Parquet through Flink's own file systems. */
final class ArchiveWriterFactory implements BulkWriter.Factory<AuditRecord> {
    private static final long serialVersionUID = 1;

    /** Held in memory by each open file until it is written; a file lives for one checkpoint. */
    private static final long ROW_GROUP_BYTES = 16L * 1024 * 1024;

    @Override
    public BulkWriter<AuditRecord> create(FSDataOutputStream out) throws IOException {
        ParquetWriter<AuditRecord> writer =
                new Builder(new FlinkFile(out))
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new SnappyPages())
                        .withCompressionCodec(CompressionCodecName.SNAPPY)
                        .withDictionaryEncoding(false)
                        .withRowGroupSize(ROW_GROUP_BYTES)
                        .build();
        return new Writer(writer, out);
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

    /** Flink closes the stream itself, because that is how it commits a file. */
    private static final class Writer implements BulkWriter<AuditRecord> {
        private final ParquetWriter<AuditRecord> writer;
        private final FSDataOutputStream out;

        private Writer(ParquetWriter<AuditRecord> writer, FSDataOutputStream out) {
            this.writer = writer;
            this.out = out;
        }

        @Override
        public void addElement(AuditRecord record) throws IOException {
            writer.write(record);
        }

        @Override
        public void flush() {
            // A row group is written when it is full or the file ends.
        }

        @Override
        public void finish() throws IOException {
            writer.close();
            out.flush();
        }
    }

    private static final class FlinkFile implements OutputFile {
        private final FSDataOutputStream out;

        private FlinkFile(FSDataOutputStream out) {
            this.out = out;
        }

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new LeftOpen(out);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class LeftOpen extends PositionOutputStream {
        private final FSDataOutputStream out;

        private LeftOpen(FSDataOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() {}
    }
}
