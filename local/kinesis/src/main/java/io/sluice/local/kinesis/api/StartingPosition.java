package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.SequenceNumbers;
import io.sluice.local.kinesis.stream.Shard;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.ApiException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Turns a position of the API into the ordinal at which reading starts. */
final class StartingPosition {
    private StartingPosition() {}

    static long ordinal(
            Stream stream,
            Shard shard,
            String type,
            @Nullable String sequenceNumber,
            @Nullable Long timestampMillis,
            long nowMillis)
            throws IOException {
        return switch (type) {
            case "LATEST" -> shard.nextOrdinal();
            case "TRIM_HORIZON" -> trimHorizon(stream, shard);
            case "AT_TIMESTAMP" -> atTimestamp(shard, timestampMillis, nowMillis);
            case "AT_SEQUENCE_NUMBER" -> of(shard, sequenceNumber);
            case "AFTER_SEQUENCE_NUMBER" -> of(shard, sequenceNumber) + 1;
            default ->
                    throw ApiException.validation(
                            type,
                            "shardIteratorType",
                            "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST,"
                                    + " AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]");
        };
    }

    private static long trimHorizon(Stream stream, Shard shard) throws IOException {
        return shard.ordinalAtTime(stream.trimHorizonMillis());
    }

    private static long atTimestamp(Shard shard, @Nullable Long millis, long nowMillis)
            throws IOException {
        if (millis == null) {
            throw ApiException.invalidArgument(
                    "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP.");
        }
        if (millis > nowMillis) {
            throw ApiException.invalidArgument(
                    "The timestampInMillis parameter cannot be greater than the"
                            + " currentTimestampInMillis. timestampInMillis: "
                            + millis
                            + ", currentTimestampInMillis: "
                            + nowMillis);
        }
        return shard.ordinalAtTime(millis);
    }

    private static long of(Shard shard, @Nullable String sequenceNumber) {
        if (sequenceNumber == null) {
            throw ApiException.invalidArgument(
                    "Must specify startingSequenceNumber parameter for iterator of type"
                            + " AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER.");
        }
        if (!SequenceNumbers.SHAPE.matcher(sequenceNumber).matches()) {
            throw ApiException.validation(
                    sequenceNumber,
                    "startingSequenceNumber",
                    "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})");
        }
        Long ordinal = shard.sequenceNumbers().ordinal(sequenceNumber);
        if (ordinal == null || ordinal > highest(shard)) {
            throw ApiException.invalidArgument(
                    "StartingSequenceNumber "
                            + sequenceNumber
                            + " used in GetShardIterator on shard "
                            + shard.id()
                            + " is invalid because it did not come from this shard.");
        }
        return ordinal;
    }

    /** The last record, or the end that a closed shard's description names. */
    private static long highest(Shard shard) {
        return shard.description().isOpen() ? shard.nextOrdinal() - 1 : shard.nextOrdinal();
    }
}
