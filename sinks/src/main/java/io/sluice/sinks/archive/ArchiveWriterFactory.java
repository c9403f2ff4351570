package io.sluice.sinks.archive;

import io.sluice.contract.audit.AuditRecord;
import java.io.IOException;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Writes Parquet through Flink's own file systems. */
final class ArchiveWriterFactory implements BulkWriter.Factory<AuditRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public BulkWriter<AuditRecord> create(FSDataOutputStream out) throws IOException {
        return new Writer(RecordWriter.to(new FlinkFile(out)), out);
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
