package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.stream.StreamDescription;
import io.sluice.local.kinesis.stream.Streams;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import java.util.Map;

/** CreateStream, DeleteStream and the settings of a stream. */
final class StreamOperations {
    private static final int ON_DEMAND_SHARDS = 4;
    private static final int MAX_SHARD_COUNT = 100_000;
    private static final int DEFAULT_RECORD_KIB = 1024;
    private static final int MAX_RECORD_KIB = 10_240;
    private static final int MIN_RETENTION_HOURS = 24;
    private static final int MAX_RETENTION_HOURS = 8760;

    private final StreamLookup lookup;
    private final Streams streams;
    private final Quotas quotas;

    StreamOperations(StreamLookup lookup, Quotas quotas) {
        this.lookup = lookup;
        this.streams = lookup.streams();
        this.quotas = quotas;
    }

    void register(Map<String, Operation> operations) {
        operations.put("CreateStream", (in, out) -> create(in));
        operations.put("DeleteStream", (in, out) -> delete(in));
        operations.put("IncreaseStreamRetentionPeriod", (in, out) -> retain(in, true));
        operations.put("DecreaseStreamRetentionPeriod", (in, out) -> retain(in, false));
        operations.put("UpdateMaxRecordSize", (in, out) -> updateMaxRecordSize(in));
    }

    private void create(Input in) {
        String name = StreamLookup.streamName(in);
        Input modeDetails = in.object("StreamModeDetails");
        String mode = modeDetails == null ? null : modeDetails.string("StreamMode");
        boolean onDemand = "ON_DEMAND".equals(mode);
        if (mode != null && !onDemand && !mode.equals("PROVISIONED")) {
            throw ApiException.validation(
                    mode,
                    "streamModeDetails.streamMode",
                    "Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]");
        }
        int shardCount = in.integer("ShardCount", 0, 1, MAX_SHARD_COUNT);
        if (onDemand && shardCount != 0) {
            throw ApiException.validation(
                    shardCount, "shardCount", "Member must be null when StreamMode is ON_DEMAND");
        }
        if (!onDemand && shardCount == 0) {
            throw ApiException.missing("shardCount");
        }
        int shards = onDemand ? ON_DEMAND_SHARDS : shardCount;
        if (streams.find(name) == null) {
            quotas.checkNewStream(onDemand, shards);
        }
        int recordKib =
                in.integer(
                        "MaxRecordSizeInKiB",
                        DEFAULT_RECORD_KIB,
                        DEFAULT_RECORD_KIB,
                        MAX_RECORD_KIB);
        streams.create(name, onDemand, shards, recordKib);
    }

    private void delete(Input in) {
        Stream stream = lookup.stream(in);
        if (!stream.description().consumers().isEmpty() && !in.flag("EnforceConsumerDeletion")) {
            throw ApiException.resourceInUse(
                    "Stream "
                            + stream.description().name()
                            + " has consumers registered. Deregister them or set"
                            + " EnforceConsumerDeletion.");
        }
        streams.delete(stream);
    }

    private void retain(Input in, boolean increase) {
        Stream stream = lookup.stream(in);
        Integer hours = in.integer("RetentionPeriodHours");
        if (hours == null) {
            throw ApiException.missing("retentionPeriodHours");
        }
        if (hours < MIN_RETENTION_HOURS || hours > MAX_RETENTION_HOURS) {
            throw ApiException.invalidArgument(
                    "Retention period must be between 24 and 8760 hours; got " + hours + ".");
        }
        streams.update(
                stream,
                description -> {
                    checkDirection(description, hours, increase);
                    return description.withRetentionHours(hours);
                });
    }

    private static void checkDirection(StreamDescription stream, int hours, boolean increase) {
        if (increase ? hours < stream.retentionHours() : hours > stream.retentionHours()) {
            throw ApiException.invalidArgument(
                    "Requested retention period ("
                            + hours
                            + " hours) for stream "
                            + stream.name()
                            + " can not be "
                            + (increase ? "shorter" : "longer")
                            + " than existing retention period ("
                            + stream.retentionHours()
                            + " hours).");
        }
    }

    private void updateMaxRecordSize(Input in) {
        Stream stream = lookup.stream(in);
        int kib = in.integer("MaxRecordSizeInKiB", 0, DEFAULT_RECORD_KIB, MAX_RECORD_KIB);
        if (kib == 0) {
            throw ApiException.missing("maxRecordSizeInKiB");
        }
        streams.update(stream, description -> description.withMaxRecordKib(kib));
    }
}
