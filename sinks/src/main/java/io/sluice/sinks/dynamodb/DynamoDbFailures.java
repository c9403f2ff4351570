package io.sluice.sinks.dynamodb;

import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionSizeLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The failures of a single put, by kind. A failed condition is no failure: the caller asked for it
 * and handles it before.
 */
public final class DynamoDbFailures {
    private DynamoDbFailures() {}

    /** What to do about an unwrapped failure. */
    public static FailureKind kindOf(Throwable failure) {
        if (failure instanceof ProvisionedThroughputExceededException
                || failure instanceof RequestLimitExceededException
                || failure instanceof LimitExceededException
                || failure instanceof TransactionConflictException) {
            return FailureKind.RETRY;
        }
        if (failure instanceof ItemCollectionSizeLimitExceededException) {
            return FailureKind.POISON;
        }
        return AwsFailures.kindOf(failure);
    }

    /** The same as an exception; {@code item} names what was written, without its content. */
    public static StoreException toException(Throwable failure, String item) {
        Throwable cause = AwsFailures.unwrapped(failure);
        FailureKind kind = kindOf(cause);
        return new StoreException(
                kind, item + " was not stored (" + kind + "): " + cause.getMessage(), cause);
    }
}
