package io.sluice.sinks.result;

import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.contract.TenantTable;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.dynamodb.DynamoDbClients;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequest;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriterStateSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Puts results that the engine decided alone into their tables: at least once, in batches and in no
 * order, and never over a result that stands.
 *
 * <p><b>Key and time.</b> Any key. Processing time decides when to write, never what.
 *
 * <p><b>State.</b> {@code writer_raw_states} of Flink: what waits for room in a batch; cleared when
 * it is written. A checkpoint waits for the batches under way.
 *
 * <p><b>Emits.</b> Nothing; counts writes, failures and {@code decidedResultsStanding}.
 *
 * <p><b>On replay.</b> The same results are inserted again and found standing.
 */
public final class DecidedResultSink
        implements Sink<ResultItem>,
                SupportsWriterState<ResultItem, BufferedRequestState<DynamoDbWriteRequest>> {
    private static final long serialVersionUID = 1L;

    /** DynamoDB's limit for one BatchExecuteStatement. */
    private static final int BATCH_ITEMS = 25;

    /** DynamoDB's limit for one item, bytes. */
    private static final long ITEM_BYTES = 400 * 1024;

    private static final int BATCHES_IN_FLIGHT = 16;
    private static final int BUFFERED_ITEMS = 10_000;
    private static final long BUFFERED_MILLIS = 50;

    private final AwsAccess access;
    private final TenantTable tables;
    private final Retention retention;

    DecidedResultSink(AwsAccess access, TenantTable tables, Retention retention) {
        this.access = access;
        this.tables = tables;
        this.retention = retention;
    }

    @Override
    @Deprecated
    public SinkWriter<ResultItem> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    @Override
    public SinkWriter<ResultItem> createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<ResultItem, BufferedRequestState<DynamoDbWriteRequest>> restoreWriter(
            WriterInitContext context,
            Collection<BufferedRequestState<DynamoDbWriteRequest>> unwritten) {
        return new DecidedResultWriter(
                DynamoDbClients.open(access, BATCHES_IN_FLIGHT),
                tables,
                retention,
                AsyncSinkWriterConfiguration.builder()
                        .setMaxBatchSize(BATCH_ITEMS)
                        .setMaxBatchSizeInBytes(BATCH_ITEMS * ITEM_BYTES)
                        .setMaxInFlightRequests(BATCHES_IN_FLIGHT)
                        .setMaxBufferedRequests(BUFFERED_ITEMS)
                        .setMaxTimeInBufferMS(BUFFERED_MILLIS)
                        .setMaxRecordSizeInBytes(ITEM_BYTES)
                        .build(),
                context,
                unwritten);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<DynamoDbWriteRequest>>
            getWriterStateSerializer() {
        return new DynamoDbWriterStateSerializer();
    }
}
