package io.sluice.sinks.result;

import io.sluice.contract.ResultItem;
import io.sluice.sinks.aws.AwsAccess;
import java.util.List;
import org.apache.flink.connector.dynamodb.sink.DynamoDbSink;
import org.apache.flink.connector.dynamodb.sink.DynamoDbSinkBuilder;

/** Sinks of results that need no condition. */
public final class ResultSinks {
    /** DynamoDB's limit for one BatchWriteItem. */
    private static final int BATCH_ITEMS = 25;

    private static final int BATCHES_IN_FLIGHT = 16;
    private static final int BUFFERED_ITEMS = 10_000;
    private static final long BUFFERED_MILLIS = 50;

    private ResultSinks() {}

    /**
     * Stores results that the engine decided alone: rejected, served from the cache, coalesced. At
     * least once, in batches and in no order. That is safe because such a result follows from the
     * tenant's log: writing it again writes the same item.
     *
     * @param access where DynamoDB is
     * @param table the table of result items
     */
    public static DynamoDbSink<ResultItem> decided(AwsAccess access, String table) {
        DynamoDbSinkBuilder<ResultItem> builder =
                DynamoDbSink.<ResultItem>builder()
                        .setTableName(table)
                        .setDynamoDbProperties(access.connectorProperties())
                        .setElementConverter(new ResultItemConverter())
                        .setOverwriteByPartitionKeys(List.of("tenant_id", "request_id"))
                        .setFailOnError(true);
        builder.setMaxBatchSize(BATCH_ITEMS);
        builder.setMaxInFlightRequests(BATCHES_IN_FLIGHT);
        builder.setMaxBufferedRequests(BUFFERED_ITEMS);
        builder.setMaxTimeInBufferMS(BUFFERED_MILLIS);
        return builder.build();
    }
}
