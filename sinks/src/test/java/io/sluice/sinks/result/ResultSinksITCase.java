package io.sluice.sinks.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.ResultItem;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.ManualContext;
import io.sluice.sinks.SharedDynamoDb;
import io.sluice.sinks.WaitingMailbox;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The batching sink of decided results against AWS's own DynamoDB Local. */
@ExtendWith(SharedDynamoDb.class)
class ResultSinksITCase {
    private static final String TABLE = "results-of-batches";

    @Test
    void sameKeyTwiceInABatchIsWrittenOnce(LocalDynamoDb dynamoDb) throws Exception {
        try (ResultStore store = DynamoDbResultStore.in(dynamoDb.access(), TABLE).open(1)) {
            dynamoDb.createTable(TABLE, "tenant_id", "request_id");
            SinkWriter<ResultItem> writer =
                    ResultSinks.decided(dynamoDb.access(), TABLE)
                            .createWriter(new ManualContext(new WaitingMailbox(0)));
            for (int i = 0; i < 60; i++) {
                writer.write(Results.failed("req_" + i % 20, "deadline"), null);
            }
            writer.flush(true);
            writer.close();
            for (int i = 0; i < 20; i++) {
                ResultItem item = Results.failed("req_" + i, "deadline");
                ResultItem unlike = Results.succeeded("req_" + i, "too late");
                assertThat(store.putFinal(unlike).join()).isEqualTo(item);
            }
        }
    }
}
