package io.sluice.local.command.provision;

import io.sluice.contract.Names;
import io.sluice.local.command.FindingException;
import java.time.Duration;
import java.util.Map;
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

    private static final int LEAST_HOURS = 24;
    private static final int MOST_HOURS = 8_760;

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

    /**
     * Makes the streams keep their records as long as {@code SLUICE_RETENTION_EVENTS_HOURS}, {@code
     * SLUICE_RETENTION_DEAD_LETTERS_HOURS} and {@code SLUICE_RETENTION_AUDIT_HOURS} say. Without
     * them embedded streams keep theirs for a week at least, and others stay as they are.
     *
     * @throws FindingException if a setting is not 24 to 8,760, what Kinesis takes
     */
    public static void keep(
            KinesisClient kinesis, Map<String, String> environment, boolean embedded)
            throws FindingException {
        keep(kinesis, Names.EVENTS_STREAM, "EVENTS", environment, embedded);
        keep(kinesis, Names.DEAD_LETTERS_STREAM, "DEAD_LETTERS", environment, embedded);
        keep(kinesis, Names.AUDIT_STREAM, "AUDIT", environment, embedded);
    }

    private static void keep(
            KinesisClient kinesis,
            String stream,
            String name,
            Map<String, String> environment,
            boolean embedded)
            throws FindingException {
        int kept = describe(kinesis, stream).retentionPeriodHours();
        String wish = environment.getOrDefault("SLUICE_RETENTION_" + name + "_HOURS", "");
        int hours =
                wish.isBlank()
                        ? Math.max(kept, embedded ? EMBEDDED_RETENTION_HOURS : kept)
                        : hours(name, wish);
        if (hours > kept) {
            kinesis.increaseStreamRetentionPeriod(
                    r -> r.streamName(stream).retentionPeriodHours(hours));
        } else if (hours < kept) {
            kinesis.decreaseStreamRetentionPeriod(
                    r -> r.streamName(stream).retentionPeriodHours(hours));
        }
    }

    static int hours(String name, String wish) throws FindingException {
        try {
            int hours = Integer.parseInt(wish.trim());
            if (hours >= LEAST_HOURS && hours <= MOST_HOURS) {
                return hours;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new FindingException(
                "SLUICE_RETENTION_"
                        + name
                        + "_HOURS: seen '"
                        + wish
                        + "', expected "
                        + LEAST_HOURS
                        + " to "
                        + MOST_HOURS);
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
