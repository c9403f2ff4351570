package io.sluice.sinks.archive;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of an archive file. Their order and types are a promise to whoever queries it. */
final class ArchiveColumns {
    static final int TENANT = 0;
    static final int SEQ = 1;
    static final int KIND = 2;
    static final int ARRIVED = 3;
    static final int HASH = 4;
    static final int RECORD = 5;

    private static final LogicalTypeAnnotation TEXT = LogicalTypeAnnotation.stringType();

    static final MessageType SCHEMA =
            Types.buildMessage()
                    .required(PrimitiveTypeName.BINARY)
                    .as(TEXT)
                    .named("tenant_id")
                    .required(PrimitiveTypeName.INT64)
                    .named("seq")
                    .required(PrimitiveTypeName.BINARY)
                    .as(TEXT)
                    .named("kind")
                    .required(PrimitiveTypeName.INT64)
                    .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
                    .named("arrived_at")
                    .required(PrimitiveTypeName.BINARY)
                    .as(TEXT)
                    .named("hash")
                    .required(PrimitiveTypeName.BINARY)
                    .as(TEXT)
                    .named("record")
                    .named("audit_record");

    private ArchiveColumns() {}

    static String name(int column) {
        return SCHEMA.getFieldName(column);
    }
}
