package io.sluice.local.replay;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.pipeline.replay.RefoldedTenant;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Folds each tenant's records through the engine and compares what it writes, to the bit, with what
 * was recorded.
 *
 * <p><b>Key and time</b>: key is the tenant; the job is bounded, so one tenant's records come one
 * after another, in the order of their numbers, which are their timestamps.
 *
 * <p><b>State</b>: none of Flink's; the tenant at hand, dropped when the next one comes.
 *
 * <p><b>Emits</b>: at the end of each tenant: tenant, compared records, and the first difference as
 * number, recorded body, and folded body; number 0 and empty bodies if there is none.
 *
 * <p><b>On replay</b>: begins again.
 */
final class RefoldFunction
        extends KeyedProcessFunction<
                String,
                Tuple6<String, Long, String, Long, byte[], byte[]>,
                Tuple5<String, Long, Long, byte[], byte[]>> {
    static final TypeInformation<Tuple5<String, Long, Long, byte[], byte[]>> RESULT =
            Types.TUPLE(
                    Types.STRING,
                    Types.LONG,
                    Types.LONG,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final long serialVersionUID = 1;
    private static final byte[] NOTHING = {};

    private final Span span;
    private final Repeats repeats;
    private transient @Nullable Fold fold;

    RefoldFunction(Span span, Repeats repeats) {
        this.span = span;
        this.repeats = repeats;
    }

    /** One tenant's history as far as it came. */
    private static final class Fold {
        private final String tenantId;
        private final RefoldedTenant tenant = new RefoldedTenant();
        private long seq;
        private long compared;
        private long differsAt;
        private byte[] recorded = NOTHING;
        private byte[] folded = NOTHING;

        private Fold(String tenantId) {
            this.tenantId = tenantId;
        }

        private void add(AuditRecord record, Span span) {
            if (differsAt > 0) {
                return; // whatever follows names a hash that differs
            }
            if (record.seq() != seq + 1) {
                differ(
                        record,
                        record.seq() <= seq
                                ? "a record " + record.seq() + " is there already"
                                : "no record "
                                        + (seq + 1)
                                        + " is there: a history can only be folded from its first record"
                                        + " on, without a gap");
                return;
            }
            seq = record.seq();
            AuditRecord again;
            try {
                again = tenant.next(record);
            } catch (MalformedJsonException | IllegalArgumentException e) {
                differ(record, "it cannot be read: " + e.getMessage());
                return;
            }
            boolean counts = span.has(record.arrivedAtMillis());
            compared += counts ? 1 : 0;
            if (again == null) {
                differ(record, "the engine takes it for known already");
            } else if (!again.equals(record)) {
                differsAt = seq;
                recorded = record.body();
                folded = again.body();
            }
        }

        private void differ(AuditRecord record, String why) {
            differsAt = record.seq();
            recorded = record.body();
            folded = why.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void processElement(
            Tuple6<String, Long, String, Long, byte[], byte[]> columns,
            Context context,
            Collector<Tuple5<String, Long, Long, byte[], byte[]>> out) {
        Fold current = fold;
        if (current == null || !current.tenantId.equals(columns.f0)) {
            current = new Fold(columns.f0);
            fold = current;
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE - 1);
        }
        if (columns.f3 < span.toMillis() && !repeats.hasSeen(columns)) {
            current.add(Recorded.record(columns), span);
        }
    }

    @Override
    public void onTimer(
            long atMillis,
            OnTimerContext context,
            Collector<Tuple5<String, Long, Long, byte[], byte[]>> out) {
        Fold ended = fold;
        if (ended != null) {
            out.collect(
                    Tuple5.of(
                            ended.tenantId,
                            ended.compared,
                            ended.differsAt,
                            ended.recorded,
                            ended.folded));
        }
    }
}
