package io.sluice.local.notebooks.dynamodb;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** A bounded source that asks DynamoDB for the attributes that a query needs, and no others. */
final class DynamoDbScanSource implements ScanTableSource, SupportsProjectionPushDown {
    private final ScannedTable table;
    private DataType columns;

    DynamoDbScanSource(ScannedTable table, DataType columns) {
        this.table = table;
        this.columns = columns;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        return InputFormatProvider.of(
                new DynamoDbScanFormat(table, (RowType) columns.getLogicalType()));
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        columns = Projection.of(projectedFields).project(columns);
    }

    @Override
    public DynamicTableSource copy() {
        return new DynamoDbScanSource(table, columns);
    }

    @Override
    public String asSummaryString() {
        return "DynamoDB scan of " + table.name();
    }
}
