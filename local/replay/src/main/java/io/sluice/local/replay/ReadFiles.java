package io.sluice.local.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of archive files, and of copies of the stream.
 *
 * <p><b>Key and time</b>: none.
 *
 * <p><b>State</b>: none.
 *
 * <p><b>Emits</b>: the records of each file, or one tenant's, as runs; counts files and records in
 * accumulators.
 *
 * <p><b>On replay</b>: a file is read again as a whole.
 */
final class ReadFiles extends RichFlatMapFunction<Long, Tuple4<String, Long, Integer, byte[]>> {
    static final String FILES = "files";
    static final String RECORDS = "records";

    private static final long serialVersionUID = 1;

    private final String[] paths;
    private final @Nullable String tenantId;
    private final Excerpt excerpt;
    private final LongCounter files = new LongCounter();
    private final LongCounter records = new LongCounter();

    /** Of those files, which the stream names by their place in the list. */
    ReadFiles(List<Path> paths, @Nullable String tenantId, Excerpt excerpt) {
        this.paths = paths.stream().map(Path::toString).toArray(String[]::new);
        this.tenantId = tenantId;
        this.excerpt = excerpt;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(FILES, files);
        getRuntimeContext().addAccumulator(RECORDS, records);
    }

    @Override
    public void flatMap(Long index, Collector<Tuple4<String, Long, Integer, byte[]>> out)
            throws IOException {
        int file = Math.toIntExact(index);
        RunsOfFile runs = new RunsOfFile(file, out);
        RecordFile.read(
                Path.of(paths[file]),
                record -> {
                    if (tenantId == null || tenantId.equals(record.tenantId())) {
                        records.add(1);
                        runs.add(record.tenantId(), excerpt.of(record));
                    }
                });
        runs.end();
        files.add(1);
    }
}
