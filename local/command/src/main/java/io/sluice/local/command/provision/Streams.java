package io.sluice.local.command.provision;

import io.sluice.contract.Names;
import java.time.Duration;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** The streams of a system. */
public final class Streams {
    private static final int EVENTS_SHARDS = 2;
    private static final int DEAD_LETTERS_SHARDS = 1;
    private static final int AUDIT_SHARDS = 2;

    /** A week: a machine that was off over a weekend loses nothing. */
    private static final int EMBEDDED_RETENTION_HOURS = 168;

    private Streams() {}

    /** Makes the streams that are missing and waits until they can be used. */
    public static void createMissing(KinesisClient kinesis) {
        create(kinesis, Names.EVENTS_STREAM, EVENTS_SHARDS);
        create(kinesis, Names.DEAD_LETTERS_STREAM, DEAD_LETTERS_SHARDS);
        create(kinesis, Names.AUDIT_STREAM, AUDIT_SHARDS);
        awaitActive(kinesis, Names.EVENTS_STREAM);
        awaitActive(kinesis, Names.DEAD_LETTERS_STREAM);
        awaitActive(kinesis, Names.AUDIT_STREAM);
    }

    /** Makes the events stream keep its records for a week if it keeps them shorter. */
    public static void keepForAWeek(KinesisClient kinesis) {
        if (retention(kinesis).toHours() < EMBEDDED_RETENTION_HOURS) {
            kinesis.increaseStreamRetentionPeriod(
                    r ->
                            r.streamName(Names.EVENTS_STREAM)
                                    .retentionPeriodHours(EMBEDDED_RETENTION_HOURS));
        }
    }

    /** How long the events stream keeps its records. */
    public static Duration retention(KinesisClient kinesis) {
        return Duration.ofHours(describe(kinesis, Names.EVENTS_STREAM).retentionPeriodHours());
    }

    private static void create(KinesisClient kinesis, String name, int shards) {
        try {
            describe(kinesis, name);
        } catch (ResourceNotFoundException e) {
            kinesis.createStream(r -> r.streamName(name).shardCount(shards));
        }
    }

    private static void awaitActive(KinesisClient kinesis, String name) {
        if (describe(kinesis, name).streamStatusAsString().equals("ACTIVE")) {
            return;
        }
        try (var waiter = kinesis.waiter()) {
            waiter.waitUntilStreamExists(r -> r.streamName(name));
        }
    }

    private static StreamDescriptionSummary describe(KinesisClient kinesis, String name) {
        return kinesis.describeStreamSummary(r -> r.streamName(name)).streamDescriptionSummary();
    }
}
