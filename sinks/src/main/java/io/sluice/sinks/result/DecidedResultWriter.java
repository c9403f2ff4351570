package io.sluice.sinks.result;

import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.contract.TenantTable;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.BlockingCalls;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.dynamodb.DynamoDbFailures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.connector.dynamodb.sink.DynamoDbWriteRequest;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;

/**
 * Writes results in batches of inserts, each of which stands alone: what is there already stays,
 * what was throttled is written again, what can never be written stops the job.
 */
final class DecidedResultWriter extends AsyncSinkWriter<ResultItem, DynamoDbWriteRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(DecidedResultWriter.class);

    /** A batch holds results of many tenants: all wait in one line. */
    private static final String LINE = "batches";

    private final DynamoDbClient client;
    private final TenantTable tables;
    private final BlockingCalls calls;
    private final Counter standing;
    private final Counter failures;

    DecidedResultWriter(
            DynamoDbClient client,
            TenantTable tables,
            Retention retention,
            AsyncSinkWriterConfiguration settings,
            WriterInitContext context,
            Collection<BufferedRequestState<DynamoDbWriteRequest>> unwritten) {
        super(new ResultItemConverter(retention), context, settings, unwritten);
        this.client = client;
        this.tables = tables;
        this.calls = new BlockingCalls("store-decided", settings.getMaxInFlightRequests());
        this.standing = context.metricGroup().counter("decidedResultsStanding");
        this.failures = context.metricGroup().getNumRecordsSendErrorsCounter();
    }

    @Override
    protected void submitRequestEntries(
            List<DynamoDbWriteRequest> entries, ResultHandler<DynamoDbWriteRequest> handler) {
        List<DynamoDbWriteRequest> batch = firstOfEachKey(entries);
        List<BatchStatementRequest> inserts = new ArrayList<>(batch.size());
        batch.forEach(entry -> inserts.add(ResultInserts.of(tables, entry.getItem())));
        var unused =
                calls.call(
                                LINE,
                                Stage.END,
                                () ->
                                        client.batchExecuteStatement(
                                                call -> call.statements(inserts)))
                        .whenComplete(
                                (answer, failure) -> {
                                    if (failure == null) {
                                        answered(batch, answer.responses(), handler);
                                    } else {
                                        failed(batch, AwsFailures.unwrapped(failure), handler);
                                    }
                                });
    }

    /** Settings bound a batch by its number; an item has 400 KB at most. */
    @Override
    protected long getSizeInBytes(DynamoDbWriteRequest entry) {
        return 0;
    }

    @Override
    public void close() {
        calls.close();
        client.close();
    }

    /** A batch may name an item once; of two results of a request the first one stands. */
    private static List<DynamoDbWriteRequest> firstOfEachKey(List<DynamoDbWriteRequest> entries) {
        Map<List<AttributeValue>, DynamoDbWriteRequest> first = new LinkedHashMap<>();
        for (DynamoDbWriteRequest entry : entries) {
            Map<String, AttributeValue> item = entry.getItem();
            first.putIfAbsent(List.of(item.get("tenant_id"), item.get("request_id")), entry);
        }
        return new ArrayList<>(first.values());
    }

    private void answered(
            List<DynamoDbWriteRequest> batch,
            List<BatchStatementResponse> answers,
            ResultHandler<DynamoDbWriteRequest> handler) {
        List<DynamoDbWriteRequest> again = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            BatchStatementError error = answers.get(i).error();
            if (error == null) {
                continue;
            }
            if (error.code() == BatchStatementErrorCodeEnum.DUPLICATE_ITEM) {
                standing.inc();
            } else if (mayPass(error.code())) {
                again.add(batch.get(i));
            } else {
                stop(handler, error.codeAsString() + ": " + error.message(), null);
                return;
            }
        }
        failures.inc(again.size());
        if (again.isEmpty()) {
            handler.complete();
        } else {
            handler.retryForEntries(again);
        }
    }

    private static boolean mayPass(BatchStatementErrorCodeEnum code) {
        return code == BatchStatementErrorCodeEnum.THROTTLING_ERROR
                || code == BatchStatementErrorCodeEnum.PROVISIONED_THROUGHPUT_EXCEEDED
                || code == BatchStatementErrorCodeEnum.REQUEST_LIMIT_EXCEEDED
                || code == BatchStatementErrorCodeEnum.TRANSACTION_CONFLICT
                || code == BatchStatementErrorCodeEnum.INTERNAL_SERVER_ERROR;
    }

    private void failed(
            List<DynamoDbWriteRequest> batch,
            Throwable failure,
            ResultHandler<DynamoDbWriteRequest> handler) {
        failures.inc(batch.size());
        if (DynamoDbFailures.kindOf(failure) == FailureKind.RETRY) {
            LOG.warn("{} results were not stored, again: {}", batch.size(), failure.getMessage());
            handler.retryForEntries(batch);
        } else {
            stop(handler, String.valueOf(failure.getMessage()), failure);
        }
    }

    private void stop(
            ResultHandler<DynamoDbWriteRequest> handler, String why, @Nullable Throwable cause) {
        handler.completeExceptionally(
                new IllegalStateException(
                        "decided results cannot be stored in "
                                + tables
                                + " and must not be lost; correct the cause, the job goes on from"
                                + " its last checkpoint: "
                                + why,
                        cause));
    }
}
