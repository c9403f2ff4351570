package io.sluice.local.replay;

import io.sluice.contract.audit.RecordedInput;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Goes through each tenant's records in the order of their numbers.
 *
 * <p><b>Key and time</b>: key is the tenant; the job is bounded, so one tenant's runs come one
 * after another, in the order of their first numbers, which are their timestamps.
 *
 * <p><b>State</b>: none of Flink's; the tenant at hand, dropped when the next one comes.
 *
 * <p><b>Emits</b>: what comes of a tenant, at its end.
 *
 * <p><b>On replay</b>: begins again.
 */
abstract class TenantFold<R>
        extends KeyedProcessFunction<String, Tuple4<String, Long, Integer, byte[]>, R> {
    private static final long serialVersionUID = 1;

    private final Repeats repeats;
    private transient @Nullable String tenantId;
    private transient @Nullable OrderedRuns runs;

    TenantFold(Repeats repeats) {
        this.repeats = repeats;
    }

    /** A tenant's records begin. */
    abstract void begin(String id);

    /**
     * The tenant's next record.
     *
     * @param file the number of the file that it is from
     */
    abstract void next(String id, RecordedInput record, int file);

    /** A tenant's records have ended. */
    abstract void end(String id, Collector<R> out);

    @Override
    public void processElement(
            Tuple4<String, Long, Integer, byte[]> run, Context context, Collector<R> out) {
        OrderedRuns current = runs;
        if (current == null || !run.f0.equals(tenantId)) {
            String id = run.f0;
            repeats.begin();
            begin(id);
            current =
                    new OrderedRuns(
                            (record, file) -> {
                                if (!repeats.hasSeen(record)) {
                                    next(id, record, file);
                                }
                            });
            runs = current;
            tenantId = id;
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
        }
        current.add(new Run.Reader(run.f1, run.f2, run.f3));
    }

    @Override
    public void onTimer(long atMillis, OnTimerContext context, Collector<R> out) {
        if (runs != null) {
            runs.end();
            end(context.getCurrentKey(), out);
        }
    }
}
