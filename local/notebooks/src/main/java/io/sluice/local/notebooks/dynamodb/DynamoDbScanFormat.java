package io.sluice.local.notebooks.dynamodb;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.io.DefaultInputSplitAssigner;
import org.apache.flink.api.common.io.RichInputFormat;
import org.apache.flink.api.common.io.statistics.BaseStatistics;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.io.GenericInputSplit;
import org.apache.flink.core.io.InputSplitAssigner;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Reads one segment of a table after the other, page by page. */
final class DynamoDbScanFormat extends RichInputFormat<RowData, GenericInputSplit> {
    private static final long serialVersionUID = 1L;

    private final ScannedTable table;
    private final RowType columns;
    private transient @Nullable DynamoDbClient client;
    private transient @Nullable Iterator<Map<String, AttributeValue>> items;

    DynamoDbScanFormat(ScannedTable table, RowType columns) {
        this.table = table;
        this.columns = columns;
    }

    @Override
    public void configure(Configuration parameters) {
        // Everything comes with the constructor.
    }

    @Override
    public @Nullable BaseStatistics getStatistics(@Nullable BaseStatistics cached) {
        return cached;
    }

    @Override
    public GenericInputSplit[] createInputSplits(int least) {
        GenericInputSplit[] splits = new GenericInputSplit[table.segments()];
        for (int i = 0; i < splits.length; i++) {
            splits[i] = new GenericInputSplit(i, splits.length);
        }
        return splits;
    }

    @Override
    public InputSplitAssigner getInputSplitAssigner(GenericInputSplit[] splits) {
        return new DefaultInputSplitAssigner(splits);
    }

    @Override
    public void open(GenericInputSplit split) {
        DynamoDbClient opened = table.connect();
        client = opened;
        ScanRequest.Builder request =
                ScanRequest.builder()
                        .tableName(table.name())
                        .segment(split.getSplitNumber())
                        .totalSegments(split.getTotalNumberOfSplits());
        project(request);
        items = opened.scanPaginator(request.build()).items().iterator();
    }

    /** Attributes by placeholders: many of their names are reserved words. */
    private void project(ScanRequest.Builder request) {
        List<String> names = columns.getFieldNames();
        if (names.isEmpty()) {
            return;
        }
        Map<String, String> placeholders = new HashMap<>();
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            placeholders.put("#a" + i, names.get(i));
            expression.append(i == 0 ? "" : ", ").append("#a").append(i);
        }
        request.projectionExpression(expression.toString()).expressionAttributeNames(placeholders);
    }

    @Override
    public boolean reachedEnd() {
        return items == null || !items.hasNext();
    }

    @Override
    public @Nullable RowData nextRecord(RowData reuse) {
        if (items == null) {
            return null;
        }
        GenericRowData row = AttributeValues.row(items.next(), columns);
        return row;
    }

    @Override
    public void close() {
        items = null;
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
