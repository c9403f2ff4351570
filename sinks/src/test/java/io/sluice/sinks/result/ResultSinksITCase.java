package io.sluice.sinks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Isolation;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.ManualContext;
import io.sluice.sinks.SharedDynamoDb;
import io.sluice.sinks.WaitingMailbox;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The batching sink of decided results against AWS's own DynamoDB Local. */
@ExtendWith(SharedDynamoDb.class)
class ResultSinksITCase {
    private static final String TABLE = "results-of-batches";

    private static LocalDynamoDb dynamoDb;
    private static ResultStore store;
    private SinkWriter<ResultItem> writer;

    @BeforeAll
    static void start(LocalDynamoDb shared) {
        dynamoDb = shared;
        dynamoDb.createTable(TABLE, "tenant_id", "request_id");
        store = DynamoDbResultStore.in(dynamoDb.access(), TABLE, Retention.USUAL).open(1);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @BeforeEach
    void open() throws Exception {
        writer =
                ResultSinks.decided(dynamoDb.access(), TABLE, Retention.USUAL)
                        .createWriter(new ManualContext(new WaitingMailbox(0)));
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    @Test
    void batchIsDividedByIsolation() throws Exception {
        dynamoDb.createTable(TABLE + "_acme", "tenant_id", "request_id");
        ResultItem own =
                Results.failed("req_own", "deadline").toBuilder().isolation(Isolation.SILO).build();
        writer.write(own, null);
        writer.write(Results.failed("req_shared", "deadline"), null);
        writer.flush(true);

        assertThat(store.find("acme", "req_own", Isolation.SILO).join()).contains(own);
        assertThat(store.find("acme", "req_own", Isolation.POOLED).join()).isEmpty();
        assertThat(store.find("acme", "req_shared", Isolation.POOLED).join()).isPresent();
        assertThat(store.find("acme", "req_shared", Isolation.SILO).join()).isEmpty();
    }

    @Test
    void sameKeyTwiceInABatchIsWrittenOnce() throws Exception {
        for (int i = 0; i < 60; i++) {
            writer.write(Results.failed("req_" + i % 20, "deadline"), null);
        }
        writer.flush(true);
        for (int i = 0; i < 20; i++) {
            assertThat(find("req_" + i)).isEqualTo(Results.failed("req_" + i, "deadline"));
        }
    }

    @Test
    void resultThatStandsIsNotReplaced() throws Exception {
        ResultItem paid = Results.succeeded("req_paid", "answer");
        store.putFinal(paid).join();
        ResultItem served = Results.succeeded("req_served", "ünï \uD83D\uDE00 'quoted' \"?\"");
        writer.write(Results.failed("req_paid", "deadline"), null);
        writer.write(served, null);
        writer.write(Results.failed("req_served", "deadline"), null);
        writer.flush(true);
        writer.write(Results.failed("req_served", "deadline"), null);
        writer.flush(true);
        assertThat(find("req_paid")).isEqualTo(paid);
        assertThat(find("req_served")).isEqualTo(served);
    }

    @Test
    void missingTableStopsTheJob() throws Exception {
        SinkWriter<ResultItem> nowhere =
                ResultSinks.decided(dynamoDb.access(), "absent", Retention.USUAL)
                        .createWriter(new ManualContext(new WaitingMailbox(0)));
        nowhere.write(Results.failed("req_1", "deadline"), null);
        assertThatThrownBy(() -> nowhere.flush(true)).hasStackTraceContaining("absent");
        nowhere.close();
    }

    private static ResultItem find(String requestId) {
        return store.find("acme", requestId, Isolation.POOLED).join().orElseThrow();
    }
}
