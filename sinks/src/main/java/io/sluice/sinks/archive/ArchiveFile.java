package io.sluice.sinks.archive;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Hex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive file, a row group at a time, in the order in which it was written. What is no
 * such file, or was damaged, fails with an {@link IOException}. Not thread-safe.
 */
public final class ArchiveFile implements AutoCloseable {
    private final String path;
    private final ParquetFileReader reader;
    private final MessageColumnIO columns;
    private @Nullable RecordReader<ArchiveRow> rows;
    private long left;
    private int group;
    private long fromMillis = Long.MIN_VALUE;
    private long toMillis = Long.MAX_VALUE;

    private ArchiveFile(String path, ParquetFileReader reader) {
        this.path = path;
        this.reader = reader;
        this.columns = new ColumnIOFactory().getColumnIO(ArchiveColumns.SCHEMA);
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it is none, or has other columns
     */
    public static ArchiveFile open(Path path) throws IOException {
        return open(new LocalInputFile(path), path.toString());
    }

    /** Writes a new file of these records, for whoever has records and neither job nor Flink. */
    public static void write(Path path, List<AuditRecord> records) throws IOException {
        try (ParquetWriter<AuditRecord> writer = RecordWriter.to(new LocalOutputFile(path))) {
            for (AuditRecord record : records) {
                writer.write(record);
            }
        }
    }

    /**
     * Opens a file that was read whole.
     *
     * @param path named when it cannot be read
     * @throws IOException if it is none, or has other columns
     */
    public static ArchiveFile open(byte[] content, String path) throws IOException {
        return open(new WholeFile(content), path);
    }

    /**
     * Opens a file that lies anywhere.
     *
     * @param path named when it cannot be read
     * @throws IOException if it is none, or has other columns
     */
    static ArchiveFile open(InputFile file, String path) throws IOException {
        ParquetReadOptions options =
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new SnappyPages())
                        .usePageChecksumVerification()
                        .build();
        ParquetFileReader reader = null;
        try {
            reader = ParquetFileReader.open(file, options);
            MessageType seen = reader.getFileMetaData().getSchema();
            if (!seen.equals(ArchiveColumns.SCHEMA)) {
                throw new IOException(path + " has the columns " + seen.getFields());
            }
            return new ArchiveFile(path, reader);
        } catch (RuntimeException | IOException e) {
            if (reader != null) {
                reader.close();
            }
            throw unreadable(path, e);
        }
    }

    /**
     * Leaves out row groups that have no record which arrived in that span; others come whole. To
     * be said before the first record is read.
     *
     * @param from inclusive, epoch milliseconds
     * @param to inclusive, epoch milliseconds
     */
    public ArchiveFile arrivedWithin(long from, long to) {
        fromMillis = from;
        toMillis = to;
        return this;
    }

    /**
     * The next record; null after the last.
     *
     * @throws IOException if the file is damaged
     */
    public @Nullable AuditRecord next() throws IOException {
        try {
            while (left == 0) {
                leaveOut();
                PageReadStore pages = reader.readNextRowGroup();
                if (pages == null) {
                    return null;
                }
                group++;
                rows = columns.getRecordReader(pages, new ArchiveRow.Materializer());
                left = pages.getRowCount();
            }
            left--;
            return record(Objects.requireNonNull(rows).read());
        } catch (RuntimeException | IOException e) {
            throw unreadable(path, e);
        }
    }

    private void leaveOut() {
        while (group < reader.getRowGroups().size()
                && !mayHaveArrivedWithin(reader.getRowGroups().get(group))) {
            reader.skipNextRowGroup();
            group++;
        }
    }

    /** What a row group says of itself is a help to read less, and nothing is concluded from it. */
    private boolean mayHaveArrivedWithin(BlockMetaData rows) {
        Statistics<?> arrived = rows.getColumns().get(ArchiveColumns.ARRIVED).getStatistics();
        if (!(arrived instanceof LongStatistics) || !arrived.hasNonNullValue()) {
            return true;
        }
        LongStatistics millis = (LongStatistics) arrived;
        return millis.getMin() <= toMillis && fromMillis <= millis.getMax();
    }

    private static AuditRecord record(ArchiveRow row) {
        return new AuditRecord(
                row.word(ArchiveColumns.TENANT),
                row.number(ArchiveColumns.SEQ),
                AuditKind.ofWireName(row.word(ArchiveColumns.KIND)),
                row.number(ArchiveColumns.ARRIVED),
                Hex.parse(row.text(ArchiveColumns.HASH)),
                row.bytes(ArchiveColumns.RECORD));
    }

    private static IOException unreadable(String path, Exception e) {
        return new IOException(path + " is no whole archive file: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
