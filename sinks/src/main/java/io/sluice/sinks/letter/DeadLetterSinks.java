package io.sluice.sinks.letter;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.Retention;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.versioned.VersionedSink;

/** Sinks of dead letters. */
public final class DeadLetterSinks {
    /** At once, 8 letters at a time, 64 waiting: of up to 1.4 MB each, they must fit a heap. */
    private static final VersionedSink.Settings SETTINGS = new VersionedSink.Settings(0, 8, 64);

    private DeadLetterSinks() {}

    /** A sink into that DynamoDB table. */
    public static VersionedSink<DeadLetter> into(
            AwsAccess access, String table, Retention retention) {
        return new VersionedSink<>(
                DynamoDbDeadLetterStore.in(access, table, retention),
                new DeadLetterForm(),
                SETTINGS);
    }
}
