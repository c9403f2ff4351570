package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.StreamDescription;
import io.sluice.local.kinesis.stream.Streams;
import io.sluice.local.kinesis.wire.ApiException;

/**
 * The default quotas of an account
 * (https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html, 2026-11), or none
 * but one that keeps the number of open files sane.
 */
final class Quotas {
    static final int MAX_CONSUMERS = 20;
    static final int MAX_ON_DEMAND_STREAMS = 50;

    private static final int AWS_SHARDS = 1000;
    private static final int UNLIMITED_SHARDS = 10_000;

    private final Streams streams;
    private final boolean limited;

    Quotas(Streams streams) {
        this.streams = streams;
        this.limited = streams.environment().limited();
    }

    boolean limited() {
        return limited;
    }

    int shardLimit() {
        return limited ? AWS_SHARDS : UNLIMITED_SHARDS;
    }

    long onDemandStreams() {
        return streams.all().stream().filter(s -> s.description().onDemand()).count();
    }

    void checkNewStream(boolean onDemand, int shards) {
        if (onDemand && limited && onDemandStreams() >= MAX_ON_DEMAND_STREAMS) {
            throw ApiException.limitExceeded(
                    "This request would exceed the limit of "
                            + MAX_ON_DEMAND_STREAMS
                            + " on-demand streams.");
        }
        checkMoreShards(shards);
    }

    void checkMoreShards(int more) {
        long open = streams.openShards();
        if (open + more > shardLimit()) {
            throw ApiException.limitExceeded(
                    "This request would exceed the shard limit of "
                            + shardLimit()
                            + ": "
                            + open
                            + " are open, "
                            + more
                            + " more were asked for.");
        }
    }

    void checkMoreConsumers(StreamDescription stream) {
        if (limited && stream.consumers().size() >= MAX_CONSUMERS) {
            throw ApiException.limitExceeded(
                    "Stream "
                            + stream.name()
                            + " already has the maximum of "
                            + MAX_CONSUMERS
                            + " consumers.");
        }
    }
}
