package io.sluice.pipeline.model;

import io.sluice.contract.Retention;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.ledger.AttemptStore;
import io.sluice.sinks.ledger.DynamoDbAttemptStore;
import io.sluice.sinks.result.DynamoDbResultStore;
import io.sluice.sinks.result.ResultStore;
import java.io.Serializable;

/** Where a call is kept: its attempts while it is made, its result once it has ended. Immutable. */
public final class CallStores implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Operations that a subtask has with each store at once. */
    private static final int CONCURRENT_PUTS = 8;

    private final AttemptStore.Factory attempts;
    private final ResultStore.Factory results;

    CallStores(AttemptStore.Factory attempts, ResultStore.Factory results) {
        this.attempts = attempts;
        this.results = results;
    }

    /** Tables of Amazon DynamoDB. */
    public static CallStores inDynamoDb(
            AwsAccess dynamoDb, String attemptsTable, String requestsTable, Retention retention) {
        return new CallStores(
                DynamoDbAttemptStore.in(dynamoDb, attemptsTable, retention),
                DynamoDbResultStore.in(dynamoDb, requestsTable, retention));
    }

    /** The caller closes it. */
    AttemptStore openAttempts() {
        return attempts.open(CONCURRENT_PUTS);
    }

    /** The caller closes it. */
    ResultStore openResults() {
        return results.open(CONCURRENT_PUTS);
    }
}
