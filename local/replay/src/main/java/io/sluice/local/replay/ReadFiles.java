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
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of archive files, and of copies of the stream.
 *
 * <p><b>Key and time</b>: none.
 *
 * <p><b>State</b>: none.
 *
 * <p><b>Emits</b>: the records of each file, or one tenant's; counts files and records in
 * accumulators.
 *
 * <p><b>On replay</b>: a file is read again as a whole.
 */
final class ReadFiles
        extends RichFlatMapFunction<Long, Tuple6<String, Long, String, Long, byte[], byte[]>> {
    /** Ending of files that have a record of the stream in each line; others are archive files. */
    static final String LINES = ".jsonl";

    static final String FILES = "files";
    static final String RECORDS = "records";

    private static final long serialVersionUID = 1;

    private final String[] paths;
    private final @Nullable String tenantId;
    private final LongCounter files = new LongCounter();
    private final LongCounter records = new LongCounter();

    /** Of those files, which the stream names by their place in the list. */
    ReadFiles(List<Path> paths, @Nullable String tenantId) {
        this.paths = paths.stream().map(Path::toString).toArray(String[]::new);
        this.tenantId = tenantId;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(FILES, files);
        getRuntimeContext().addAccumulator(RECORDS, records);
    }

    @Override
    public void flatMap(
            Long index, Collector<Tuple6<String, Long, String, Long, byte[], byte[]>> out)
            throws IOException {
        Path path = Path.of(paths[Math.toIntExact(index)]);
        if (path.toString().endsWith(LINES)) {
            lines(path, out);
        } else {
            rows(path, out);
        }
        files.add(1);
    }

    private void rows(Path path, Collector<Tuple6<String, Long, String, Long, byte[], byte[]>> out)
            throws IOException {
        try (ArchiveFile file = ArchiveFile.open(path)) {
            AuditRecord record = file.next();
            while (record != null) {
                collect(record, out);
                record = file.next();
            }
        }
    }

    private void lines(Path path, Collector<Tuple6<String, Long, String, Long, byte[], byte[]>> out)
            throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            String line = lines.readLine();
            while (line != null) {
                collect(AuditRecordJson.read(line.getBytes(StandardCharsets.UTF_8)), out);
                line = lines.readLine();
            }
        } catch (MalformedJsonException e) {
            throw new IOException(path + " has a line that is no record: " + e.getMessage(), e);
        }
    }

    private void collect(
            AuditRecord record, Collector<Tuple6<String, Long, String, Long, byte[], byte[]>> out) {
        if (tenantId == null || tenantId.equals(record.tenantId())) {
            records.add(1);
            out.collect(Recorded.of(record));
        }
    }
}
