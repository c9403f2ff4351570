package io.sluice.sinks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.contract.Isolation;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Retention;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.SharedDynamoDb;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract against AWS's own DynamoDB Local, and what only a real service can answer. */
@ExtendWith(SharedDynamoDb.class)
class DynamoDbResultStoreITCase extends ResultStoreContract {
    private static LocalDynamoDb dynamoDb;
    private static ResultStore store;

    @BeforeAll
    static void start(LocalDynamoDb shared) {
        dynamoDb = shared;
        dynamoDb.createTable(Names.REQUESTS_TABLE, "tenant_id", "request_id");
        store =
                DynamoDbResultStore.in(dynamoDb.access(), Names.REQUESTS_TABLE, Retention.USUAL)
                        .open(50);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Override
    ResultStore store() {
        return store;
    }

    @Test
    void itemAboveTheSizeLimitIsPoison() {
        ResultItem tooLarge = Results.succeeded("req_large", "x".repeat(410_000));

        assertThat(kindOf(store, tooLarge)).isEqualTo(FailureKind.POISON);
    }

    /** One BatchGetItem answers with 16 MB at most and leaves the rest to be asked for again. */
    @Test
    void moreThanOneAnswerHoldsIsReadWhole() {
        String output = "x".repeat(390_000);
        for (int i = 0; i < 50; i++) {
            store.putFinal(Results.succeeded("req_big" + i, output)).join();
        }

        List<CompletableFuture<Optional<ResultItem>>> found = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            found.add(store.find("acme", "req_big" + i, Isolation.POOLED));
        }

        for (int i = 0; i < 50; i++) {
            assertThat(found.get(i).join()).contains(Results.succeeded("req_big" + i, output));
        }
    }

    @Test
    void missingTableIsFatal() {
        try (ResultStore nowhere =
                DynamoDbResultStore.in(dynamoDb.access(), "absent", Retention.USUAL).open(1)) {
            assertThat(kindOf(nowhere, Results.succeeded("req_1", "x")))
                    .isEqualTo(FailureKind.FATAL);
        }
    }

    @Test
    void closedPortIsWorthARetry() {
        AwsAccess closed = AwsAccess.of(AwsService.DYNAMODB, "us-east-1", "http://127.0.0.1:1");
        try (ResultStore nowhere =
                DynamoDbResultStore.in(closed, Names.REQUESTS_TABLE, Retention.USUAL).open(1)) {
            assertThat(kindOf(nowhere, Results.succeeded("req_1", "x")))
                    .isEqualTo(FailureKind.RETRY);
        }
    }

    private static FailureKind kindOf(ResultStore store, ResultItem item) {
        Throwable failure = catchThrowable(() -> store.putFinal(item).join());
        assertThat(failure).hasCauseInstanceOf(StoreException.class);
        return ((StoreException) failure.getCause()).kind();
    }
}
