package io.sluice.sinks.usage;

import io.sluice.contract.Retention;
import io.sluice.contract.UsageItem;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.versioned.DynamoDbVersionedStore;
import io.sluice.sinks.versioned.VersionedSink;

/** Sinks of usage windows: absolute counts, each window at most every half second. */
public final class UsageSinks {
    /** 500 ms, 8 writes at once, 20,000 windows. */
    private static final VersionedSink.Settings SETTINGS =
            new VersionedSink.Settings(500, 8, 20_000);

    private UsageSinks() {}

    /** A sink into that DynamoDB table. */
    public static VersionedSink<UsageItem> into(
            AwsAccess access, String table, Retention retention) {
        UsageForm form = new UsageForm(retention);
        return new VersionedSink<>(DynamoDbVersionedStore.in(access, table, form), form, SETTINGS);
    }
}
