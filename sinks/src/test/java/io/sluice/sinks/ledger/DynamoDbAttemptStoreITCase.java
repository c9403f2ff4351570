package io.sluice.sinks.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Isolation;
import io.sluice.contract.Names;
import io.sluice.contract.Retention;
import io.sluice.sinks.LocalDynamoDb;
import io.sluice.sinks.SharedDynamoDb;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.aws.StoreException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract against AWS's own DynamoDB Local, and what only a real service can answer. */
@ExtendWith(SharedDynamoDb.class)
class DynamoDbAttemptStoreITCase extends AttemptStoreContract {
    private static LocalDynamoDb dynamoDb;
    private static AttemptStore store;

    @BeforeAll
    static void start(LocalDynamoDb shared) {
        dynamoDb = shared;
        dynamoDb.createTable(Names.ATTEMPTS_TABLE, "tenant_id", "attempt_key");
        store =
                DynamoDbAttemptStore.in(dynamoDb.access(), Names.ATTEMPTS_TABLE, Retention.USUAL)
                        .open(50);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Override
    AttemptStore store() {
        return store;
    }

    @Test
    void answerAboveTheSizeLimitIsPoison() {
        AttemptItem claim = Attempts.claim("req_large", 1, "run-1");
        store.claim(claim, Stage.START).join();

        assertThat(kindOf(store.finish(Attempts.answered(claim, "x".repeat(410_000)))))
                .isEqualTo(FailureKind.POISON);
    }

    @Test
    void missingTableIsFatalToEveryOperation() {
        AttemptItem claim = Attempts.claim("req_1", 1, "run-1");
        try (AttemptStore nowhere =
                DynamoDbAttemptStore.in(dynamoDb.access(), "absent", Retention.USUAL).open(1)) {
            assertThat(kindOf(nowhere.claim(claim, Stage.START))).isEqualTo(FailureKind.FATAL);
            assertThat(kindOf(nowhere.finish(Attempts.answered(claim, "x"))))
                    .isEqualTo(FailureKind.FATAL);
            assertThat(kindOf(nowhere.release(claim))).isEqualTo(FailureKind.FATAL);
            assertThat(kindOf(nowhere.read("acme", "req_1", Isolation.POOLED)))
                    .isEqualTo(FailureKind.FATAL);
        }
    }

    @Test
    void attemptOfATenantKeptApartIsInItsOwnTableOnly() {
        dynamoDb.createTable(Names.ATTEMPTS_TABLE + "_acme", "tenant_id", "attempt_key");
        AttemptItem claim =
                Attempts.claim("req_own", 1, "run-1").toBuilder().isolation(Isolation.SILO).build();
        AttemptItem finished = Attempts.answered(claim, "x");
        assertThat(store.claim(claim, Stage.START).join()).isEqualTo(claim);
        assertThat(store.finish(finished).join()).contains(finished);
        assertThat(store.read("acme", "req_own", Isolation.SILO).join()).containsExactly(finished);
        assertThat(store.read("acme", "req_own", Isolation.POOLED).join()).isEmpty();

        AttemptItem released = claim.toBuilder().attempt(2).build();
        assertThat(store.claim(released, Stage.START).join()).isEqualTo(released);
        store.release(released).join();
        assertThat(store.read("acme", "req_own", Isolation.SILO).join()).containsExactly(finished);
    }

    @Test
    void closedPortIsWorthARetry() {
        AwsAccess closed = AwsAccess.of(AwsService.DYNAMODB, "us-east-1", "http://127.0.0.1:1");
        try (AttemptStore nowhere =
                DynamoDbAttemptStore.in(closed, Names.ATTEMPTS_TABLE, Retention.USUAL).open(1)) {
            assertThat(kindOf(nowhere.claim(Attempts.claim("req_1", 1, "run-1"), Stage.START)))
                    .isEqualTo(FailureKind.RETRY);
        }
    }

    private static FailureKind kindOf(CompletableFuture<?> operation) {
        Throwable failure = catchThrowable(operation::join);
        assertThat(failure).hasCauseInstanceOf(StoreException.class);
        return ((StoreException) failure.getCause()).kind();
    }
}
