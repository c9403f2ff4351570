package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.stream.ReadBatch;
import io.sluice.local.kinesis.stream.SequenceNumbers;
import io.sluice.local.kinesis.stream.Shard;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.Protocol;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription to a shard reads: a place in the shard and the events made of what comes
 * next.
 *
 * <p>Used by one thread at a time.
 */
public final class ShardFeed {
    private static final int MAX_RECORDS = 5000;
    private static final int MAX_EVENT_BYTES = 1024 * 1024;

    private final String consumerArn;
    private final Stream stream;
    private final Shard shard;
    private final Protocol protocol;
    private long ordinal;

    ShardFeed(String consumerArn, Stream stream, Shard shard, Protocol protocol, long ordinal) {
        this.consumerArn = consumerArn;
        this.stream = stream;
        this.shard = shard;
        this.protocol = protocol;
        this.ordinal = ordinal;
    }

    public String consumerArn() {
        return consumerArn;
    }

    /** What at most one live subscription may have. */
    public String key() {
        return consumerArn + " " + shard.id();
    }

    public Protocol protocol() {
        return protocol;
    }

    public Shard shard() {
        return shard;
    }

    /** Whether the stream was deleted or the server is closing. */
    public boolean isGone() {
        return stream.isClosed();
    }

    /** Whether everything the shard will ever hold has been read. */
    public boolean isFinished() {
        return shard.isFinishedAt(ordinal);
    }

    /** The next records from memory; null if they must come from disk. */
    public @Nullable ReadBatch readMemory() {
        return shard.readRecent(ordinal, stream.trimHorizonMillis(), MAX_RECORDS, MAX_EVENT_BYTES);
    }

    /** The next records, from disk if need be: blocks. */
    public ReadBatch readDisk() throws IOException {
        return shard.read(ordinal, stream.trimHorizonMillis(), MAX_RECORDS, MAX_EVENT_BYTES);
    }

    /** Moves behind a batch and makes its {@code SubscribeToShardEvent}. */
    public byte[] event(ReadBatch batch, long nowMillis) {
        ordinal = batch.nextOrdinal();
        SequenceNumbers numbers = shard.sequenceNumbers();
        return protocol.write(
                out -> {
                    out.objects(
                            "Records",
                            batch.records(),
                            (o, record) -> ReadOperations.writeRecord(o, shard, record));
                    out.string("ContinuationSequenceNumber", numbers.format(ordinal - 1));
                    out.number("MillisBehindLatest", batch.millisBehindLatest(nowMillis));
                });
    }

    /** Moves behind a batch without records. */
    public void skip(ReadBatch batch) {
        ordinal = batch.nextOrdinal();
    }

    /** An event without records, which tells that the subscription lives. */
    public byte[] heartbeat(long nowMillis) {
        return event(new ReadBatch(List.of(), ordinal, true), nowMillis);
    }

    /** The last event of a closed shard: no place to continue at, but the shards that took over. */
    public byte[] end() {
        return protocol.write(
                out -> {
                    out.strings("Records", List.of());
                    out.number("MillisBehindLatest", 0);
                    ShardShapes.writeChildren(out, stream, shard);
                });
    }
}
