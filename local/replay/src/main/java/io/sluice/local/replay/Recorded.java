package io.sluice.local.replay;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple6;

/** A record between the job's operators: its columns. */
final class Recorded {
    static final TypeInformation<Tuple6<String, Long, String, Long, byte[], byte[]>> TYPE =
            Types.TUPLE(
                    Types.STRING,
                    Types.LONG,
                    Types.STRING,
                    Types.LONG,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private Recorded() {}

    static Tuple6<String, Long, String, Long, byte[], byte[]> of(AuditRecord record) {
        return Tuple6.of(
                record.tenantId(),
                record.seq(),
                record.kind().wireName(),
                record.arrivedAtMillis(),
                record.hash(),
                record.body());
    }

    static AuditRecord record(Tuple6<String, Long, String, Long, byte[], byte[]> columns) {
        return new AuditRecord(
                columns.f0,
                columns.f1,
                AuditKind.ofWireName(columns.f2),
                columns.f3,
                columns.f4,
                columns.f5);
    }
}
