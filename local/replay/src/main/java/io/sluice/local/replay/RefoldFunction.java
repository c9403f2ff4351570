package io.sluice.local.replay;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.RecordedInput;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.pipeline.replay.RefoldedTenant;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.util.Collector;

/**
 * Folds each tenant's records through the engine and compares what it writes with what was
 * recorded, by the hashes of their bodies: to the bit.
 *
 * <p><b>Emits</b>: at the end of each tenant: tenant, compared records, and of the first difference
 * the record's number, that of its file, and the folded body or, if there is none, why. The number
 * is 0 and the body empty if nothing differs.
 */
final class RefoldFunction extends TenantFold<Tuple5<String, Long, Long, Integer, byte[]>> {
    static final TypeInformation<Tuple5<String, Long, Long, Integer, byte[]>> RESULT =
            Types.TUPLE(
                    Types.STRING,
                    Types.LONG,
                    Types.LONG,
                    Types.INT,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final long serialVersionUID = 1;
    private static final byte[] NOTHING = {};

    private final Span span;
    private transient Fold fold = new Fold();

    RefoldFunction(Span span, Repeats repeats) {
        super(repeats);
        this.span = span;
    }

    /** One tenant's history as far as it came. */
    private static final class Fold {
        private final RefoldedTenant tenant = new RefoldedTenant();
        private long seq;
        private long compared;
        private long differsAt;
        private int differsIn;
        private byte[] folded = NOTHING;

        private void add(String tenantId, RecordedInput record, int file, Span span) {
            if (differsAt > 0) {
                return; // whatever follows names a hash that differs
            }
            if (record.seq() != seq + 1) {
                differ(
                        record,
                        file,
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
                again = tenant.next(tenantId, record);
            } catch (MalformedJsonException | IllegalArgumentException e) {
                differ(record, file, "it cannot be read: " + e.getMessage());
                return;
            }
            compared += span.has(record.arrivedAtMillis()) ? 1 : 0;
            if (again == null) {
                differ(record, file, "the engine takes it for known already");
            } else if (!Arrays.equals(again.hash(), record.hash())) {
                differ(record, file, again.body());
            }
        }

        private void differ(RecordedInput record, int file, String why) {
            differ(record, file, why.getBytes(StandardCharsets.UTF_8));
        }

        private void differ(RecordedInput record, int file, byte[] body) {
            differsAt = record.seq();
            differsIn = file;
            folded = body;
        }
    }

    @Override
    void begin(String id) {
        fold = new Fold();
    }

    @Override
    void next(String id, RecordedInput record, int file) {
        if (record.arrivedAtMillis() < span.toMillis()) {
            fold.add(id, record, file, span);
        }
    }

    @Override
    void end(String id, Collector<Tuple5<String, Long, Long, Integer, byte[]>> out) {
        out.collect(Tuple5.of(id, fold.compared, fold.differsAt, fold.differsIn, fold.folded));
    }
}
