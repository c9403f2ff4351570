package io.sluice.sinks.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.ManualContext;
import io.sluice.sinks.WaitingMailbox;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batching sink of decided results against AWS's own DynamoDB Local. */
class ResultSinksITCase {
    @Test
    void sameKeyTwiceInABatchIsWrittenOnce(@TempDir Path dir) throws Exception {
        try (LocalDynamoDb dynamoDb = LocalDynamoDb.start(dir);
                ResultStore store =
                        DynamoDbResultStore.in(dynamoDb.access(), Names.REQUESTS_TABLE).open(1)) {
            dynamoDb.createTable(Names.REQUESTS_TABLE, "tenant_id", "request_id");
            SinkWriter<ResultItem> writer =
                    ResultSinks.decided(dynamoDb.access(), Names.REQUESTS_TABLE)
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
