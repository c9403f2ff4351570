package io.sluice.local.kinesis.api;

import io.sluice.local.kinesis.storage.StoredRecord;
import io.sluice.local.kinesis.stream.ReadBatch;
import io.sluice.local.kinesis.stream.Shard;
import io.sluice.local.kinesis.stream.Stream;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.Input;
import io.sluice.local.kinesis.wire.Output;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** GetShardIterator and GetRecords. */
final class ReadOperations {
    private static final int MAX_RECORDS = 10_000;
    private static final int MAX_BYTES = 10 * 1024 * 1024;

    private final StreamLookup lookup;
    private final Clock clock;

    ReadOperations(StreamLookup lookup) {
        this.lookup = lookup;
        this.clock = lookup.streams().environment().clock();
    }

    void register(Map<String, Operation> operations) {
        operations.put("GetShardIterator", this::getShardIterator);
        operations.put("GetRecords", this::getRecords);
    }

    private void getShardIterator(Input in, Output out) throws IOException {
        Stream stream = lookup.stream(in);
        Shard shard = lookup.shard(stream, in, "ShardId");
        long nowMillis = clock.millis();
        long ordinal =
                StartingPosition.ordinal(
                        stream,
                        shard,
                        in.requiredString("ShardIteratorType"),
                        in.string("StartingSequenceNumber"),
                        in.timestampMillis("Timestamp"),
                        nowMillis);
        out.string("ShardIterator", iterator(stream, shard, ordinal, nowMillis));
    }

    private void getRecords(Input in, Output out) throws IOException {
        long nowMillis = clock.millis();
        ShardIterator iterator =
                ShardIterator.decode(in.requiredString("ShardIterator"), nowMillis);
        int limit = in.integer("Limit", MAX_RECORDS, 1, MAX_RECORDS);
        Stream stream = lookup.streams().find(iterator.streamId());
        Shard shard = stream == null ? null : stream.shard(iterator.shardIndex());
        if (stream == null || shard == null) {
            throw ApiException.resourceNotFound(
                    "The stream or shard of the iterator does not exist any more.");
        }
        if (!shard.admitRead(nowMillis)) {
            throw ApiException.throughputExceeded(
                    "Rate exceeded for shard "
                            + shard.id()
                            + " in stream "
                            + stream.description().name()
                            + " under account "
                            + lookup.account().id()
                            + ".");
        }
        ReadBatch batch =
                shard.readCounted(iterator.ordinal(), stream.trimHorizonMillis(), limit, MAX_BYTES);
        out.objects("Records", batch.records(), (o, record) -> writeRecord(o, shard, record));
        out.number("MillisBehindLatest", batch.millisBehindLatest(nowMillis));
        if (shard.isFinishedAt(batch.nextOrdinal())) {
            ShardShapes.writeChildren(out, stream, shard);
        } else {
            out.string(
                    "NextShardIterator", iterator(stream, shard, batch.nextOrdinal(), nowMillis));
        }
    }

    static void writeRecord(Output out, Shard shard, StoredRecord record) {
        out.string("SequenceNumber", shard.sequenceNumbers().format(record.ordinal()));
        out.timestamp("ApproximateArrivalTimestamp", record.arrivalMillis());
        out.bytes("Data", record.data());
        out.string("PartitionKey", record.partitionKey());
    }

    private static String iterator(Stream stream, Shard shard, long ordinal, long nowMillis) {
        return new ShardIterator(
                        stream.description().id(), shard.description().index(), ordinal, nowMillis)
                .encode();
    }
}
