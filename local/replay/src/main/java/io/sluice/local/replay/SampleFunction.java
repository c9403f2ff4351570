package io.sluice.local.replay;

import io.sluice.pipeline.replay.CallSampling;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Samples each tenant's calls.
 *
 * <p><b>Key and time</b>: as of {@link RefoldFunction}.
 *
 * <p><b>State</b>: none of Flink's; the tenant at hand, dropped when the next one comes.
 *
 * <p><b>Emits</b>: at the end of each tenant, its sample as numbers.
 *
 * <p><b>On replay</b>: begins again.
 */
final class SampleFunction
        extends KeyedProcessFunction<
                String,
                Tuple6<String, Long, String, Long, byte[], byte[]>,
                Tuple2<String, long[]>> {
    static final TypeInformation<Tuple2<String, long[]>> RESULT =
            Types.TUPLE(Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final long serialVersionUID = 1;

    private final Repeats repeats;
    private transient @Nullable String tenantId;
    private transient @Nullable CallSampling sampling;

    SampleFunction(Repeats repeats) {
        this.repeats = repeats;
    }

    @Override
    public void processElement(
            Tuple6<String, Long, String, Long, byte[], byte[]> columns,
            Context context,
            Collector<Tuple2<String, long[]>> out) {
        CallSampling current = sampling;
        if (current == null || !columns.f0.equals(tenantId)) {
            current = new CallSampling();
            sampling = current;
            tenantId = columns.f0;
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
        }
        if (!repeats.hasSeen(columns)) {
            current.add(Recorded.record(columns));
        }
    }

    @Override
    public void onTimer(
            long atMillis, OnTimerContext context, Collector<Tuple2<String, long[]>> out) {
        CallSampling ended = sampling;
        if (ended != null) {
            out.collect(Tuple2.of(context.getCurrentKey(), ended.sample().toNumbers()));
        }
    }
}
