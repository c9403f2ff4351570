package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.ShardDescription;
import io.sluice.local.kinesis.stream.ShardIds;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which shards a ListShards call wants.
 *
 * @param type the filter's type
 * @param argument the shard index or the epoch milliseconds it is about, 0 for types without
 */
record ShardFilter(Type type, long argument) {
    enum Type {
        ALL,
        AFTER_SHARD_ID,
        AT_TRIM_HORIZON,
        FROM_TRIM_HORIZON,
        AT_LATEST,
        AT_TIMESTAMP,
        FROM_TIMESTAMP
    }

    static ShardFilter of(@Nullable Input filter) {
        if (filter == null) {
            return new ShardFilter(Type.ALL, 0);
        }
        String name = filter.requiredString("Type");
        return switch (name) {
            case "AFTER_SHARD_ID" ->
                    new ShardFilter(
                            Type.AFTER_SHARD_ID, ShardIds.parse(filter.requiredString("ShardId")));
            case "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST" ->
                    new ShardFilter(Type.valueOf(name), 0);
            case "AT_TIMESTAMP", "FROM_TIMESTAMP" -> {
                Long millis = filter.timestampMillis("Timestamp");
                if (millis == null) {
                    throw ApiException.invalidArgument(
                            "Timestamp must be set for a shard filter of type " + name + ".");
                }
                yield new ShardFilter(Type.valueOf(name), millis);
            }
            default ->
                    throw ApiException.validation(
                            name,
                            "shardFilter.type",
                            "Member must satisfy enum value set: [AFTER_SHARD_ID, AT_TRIM_HORIZON,"
                                    + " FROM_TRIM_HORIZON, AT_LATEST, AT_TIMESTAMP,"
                                    + " FROM_TIMESTAMP]");
        };
    }

    /** The filter of a page token. */
    static ShardFilter ofToken(long typeCode, long argument) {
        return new ShardFilter(Type.values()[(int) typeCode], argument);
    }

    long typeCode() {
        return List.of(Type.values()).indexOf(type);
    }

    boolean accepts(Stream stream, ShardDescription shard) {
        long horizon = Math.max(stream.trimHorizonMillis(), stream.description().createdMillis());
        return switch (type) {
            case ALL -> true;
            case AFTER_SHARD_ID -> shard.index() > argument;
            case AT_LATEST -> shard.isOpen();
            case AT_TRIM_HORIZON -> openAt(shard, horizon);
            case FROM_TRIM_HORIZON -> openAfter(shard, horizon);
            case AT_TIMESTAMP -> openAt(shard, Math.max(horizon, argument));
            case FROM_TIMESTAMP -> openAfter(shard, Math.max(horizon, argument));
        };
    }

    private static boolean openAt(ShardDescription shard, long millis) {
        return shard.openedMillis() <= millis && openAfter(shard, millis);
    }

    private static boolean openAfter(ShardDescription shard, long millis) {
        Long closedMillis = shard.closedMillis();
        return closedMillis == null || closedMillis >= millis;
    }
}
