package io.sluice.local.replay;

import io.sluice.contract.audit.RecordedInput;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.util.Collector;

/** Gathers the records of one file to runs. What it holds is bounded. */
final class RunsOfFile {
    /** A longer run is ended: Flink sorts in buffers that have room for many. */
    private static final int MOST_RUN_BYTES = 1 << 18;

    private static final long MOST_BYTES = 1 << 24;

    private final int file;
    private final Collector<Tuple4<String, Long, Integer, byte[]>> out;
    private final Map<String, Run.Writer> open = new LinkedHashMap<>();
    private long bytes;

    /** Of the file of that number. */
    RunsOfFile(int file, Collector<Tuple4<String, Long, Integer, byte[]>> out) {
        this.file = file;
        this.out = out;
    }

    void add(String tenantId, RecordedInput record) {
        Run.Writer run = open.get(tenantId);
        if (run == null || !run.goesOnWith(record.seq()) || run.bytes() > MOST_RUN_BYTES) {
            if (run != null) {
                emit(tenantId, run);
            }
            run = new Run.Writer(record);
            open.put(tenantId, run);
        }
        int before = run.bytes();
        run.add(record);
        bytes += run.bytes() - before;
        if (bytes > MOST_BYTES) {
            end();
        }
    }

    /** Gives what is left. */
    void end() {
        open.forEach(this::emit);
        open.clear();
    }

    private void emit(String tenantId, Run.Writer run) {
        bytes -= run.bytes();
        out.collect(run.of(tenantId, file));
    }
}
