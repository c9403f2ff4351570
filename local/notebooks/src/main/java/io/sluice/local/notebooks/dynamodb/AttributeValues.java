package io.sluice.local.notebooks.dynamodb;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The rules by which attributes become values of SQL. */
final class AttributeValues {
    private AttributeValues() {}

    /** Throws {@link ValidationException} if a column has a type that no attribute becomes. */
    static void requireSupported(LogicalType type) {
        switch (type.getTypeRoot()) {
            case VARCHAR:
            case INTEGER:
            case BIGINT:
            case DECIMAL:
            case BOOLEAN:
                return;
            case ROW:
                type.getChildren().forEach(AttributeValues::requireSupported);
                return;
            default:
                throw new ValidationException(
                        "dynamodb-scan: seen a column of type "
                                + type.asSummaryString()
                                + ", expected STRING, INT, BIGINT, DECIMAL, BOOLEAN or a ROW of"
                                + " them");
        }
    }

    /** The row of an item or a map. */
    static GenericRowData row(Map<String, AttributeValue> item, RowType type) {
        List<RowType.RowField> fields = type.getFields();
        GenericRowData row = new GenericRowData(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            RowType.RowField field = fields.get(i);
            AttributeValue value = item.get(field.getName());
            row.setField(i, value == null ? null : value(field, value));
        }
        return row;
    }

    private static @Nullable Object value(RowType.RowField field, AttributeValue value) {
        if (Boolean.TRUE.equals(value.nul())) {
            return null;
        }
        LogicalType type = field.getType();
        switch (type.getTypeRoot()) {
            case VARCHAR:
                return StringData.fromString(required(value.s(), field, value));
            case BOOLEAN:
                return required(value.bool(), field, value);
            case INTEGER:
                return number(field, value).intValueExact();
            case BIGINT:
                return number(field, value).longValueExact();
            case DECIMAL:
                return decimal(field, number(field, value), (DecimalType) type);
            case ROW:
                required(value.hasM() ? value : null, field, value);
                return row(value.m(), (RowType) type);
            default:
                throw new IllegalStateException("not supported: " + type);
        }
    }

    private static BigDecimal number(RowType.RowField field, AttributeValue value) {
        return new BigDecimal(required(value.n(), field, value));
    }

    private static DecimalData decimal(
            RowType.RowField field, BigDecimal number, DecimalType type) {
        DecimalData decimal =
                DecimalData.fromBigDecimal(number, type.getPrecision(), type.getScale());
        if (decimal == null || decimal.toBigDecimal().compareTo(number) != 0) {
            throw new IllegalStateException(
                    "attribute "
                            + field.getName()
                            + " has a number that does not fit into "
                            + type.asSummaryString());
        }
        return decimal;
    }

    /** What is read is named, never told: it may be a tenant's. */
    private static <T> T required(
            @Nullable T content, RowType.RowField field, AttributeValue value) {
        if (content == null) {
            throw new IllegalStateException(
                    "attribute "
                            + field.getName()
                            + ": seen "
                            + value.type()
                            + ", which is no "
                            + field.getType().asSummaryString());
        }
        return content;
    }
}
