package io.sluice.sinks.session;

import io.sluice.contract.SessionItem;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.versioned.DynamoDbVersionedStore;
import io.sluice.sinks.versioned.VersionedSink;

/** Sinks of conversations' copies. */
public final class SessionSinks {
    /** 100 ms, 8 writes at once, 256 copies: of at most 400 KB each, they must fit a heap. */
    private static final VersionedSink.Settings SETTINGS = new VersionedSink.Settings(100, 8, 256);

    private SessionSinks() {}

    /** A sink into that DynamoDB table. */
    public static VersionedSink<SessionItem> into(AwsAccess access, String table) {
        SessionForm form = new SessionForm();
        return new VersionedSink<>(DynamoDbVersionedStore.in(access, table, form), form, SETTINGS);
    }
}
