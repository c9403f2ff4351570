package io.sluice.local.kinesis.stream;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a stream's shards look after splits and merges.
 *
 * <p>Works on descriptions alone. Not thread-safe; made for one change.
 */
public final class Resharding {
    private final List<ShardDescription> shards;
    private final long nowMillis;
    private final IntToLongFunction endOrdinals;
    private int nextIndex;

    /**
     * Starts from a stream as it is.
     *
     * @param endOrdinals the ordinal at which a shard of this index ends if it is closed now
     */
    Resharding(StreamDescription stream, long nowMillis, IntToLongFunction endOrdinals) {
        this.shards = new ArrayList<>(stream.shards());
        this.nextIndex = stream.nextShardIndex();
        this.nowMillis = nowMillis;
        this.endOrdinals = endOrdinals;
    }

    /** Splits an open shard in two; the second begins at the given key, strictly inside. */
    public void split(ShardDescription parent, BigInteger secondStart) {
        BigInteger firstEnd = secondStart.subtract(BigInteger.ONE);
        long openedMillis = Math.max(nowMillis, parent.openedMillis() + 1);
        close(parent);
        open(
                new HashKeyRange(parent.range().start(), firstEnd),
                parent.index(),
                null,
                openedMillis);
        open(
                new HashKeyRange(secondStart, parent.range().end()),
                parent.index(),
                null,
                openedMillis);
    }

    /** Merges two open shards that lie next to each other; the first named is the parent. */
    public void merge(ShardDescription parent, ShardDescription adjacent) {
        HashKeyRange range =
                new HashKeyRange(
                        parent.range().start().min(adjacent.range().start()),
                        parent.range().end().max(adjacent.range().end()));
        long openedMillis =
                Math.max(nowMillis, Math.max(parent.openedMillis(), adjacent.openedMillis()) + 1);
        close(parent);
        close(adjacent);
        open(range, parent.index(), adjacent.index(), openedMillis);
    }

    /** Splits and merges until the open shards are this many equal ranges. */
    public void uniform(int count) {
        for (HashKeyRange target : HashKeyRange.equalParts(count)) {
            for (ShardDescription shard : openShards()) {
                if (shard.range().contains(target.start())
                        && !shard.range().start().equals(target.start())) {
                    split(shard, target.start());
                }
            }
        }
        for (HashKeyRange target : HashKeyRange.equalParts(count)) {
            List<ShardDescription> inside = inside(target);
            while (inside.size() > 1) {
                merge(inside.get(0), inside.get(1));
                inside = inside(target);
            }
        }
    }

    private List<ShardDescription> inside(HashKeyRange target) {
        return openShards().stream().filter(s -> target.contains(s.range().start())).toList();
    }

    private List<ShardDescription> openShards() {
        return shards.stream()
                .filter(ShardDescription::isOpen)
                .sorted(Comparator.comparing(s -> s.range().start()))
                .toList();
    }

    private void close(ShardDescription shard) {
        shards.set(
                shards.indexOf(shard),
                shard.closed(nowMillis, endOrdinals.applyAsLong(shard.index())));
    }

    private void open(
            HashKeyRange range,
            Integer parentIndex,
            @Nullable Integer adjacentIndex,
            long openedMillis) {
        shards.add(
                ShardDescription.open(
                        nextIndex++, range, parentIndex, adjacentIndex, openedMillis));
    }

    StreamDescription applyTo(StreamDescription stream) {
        return stream.withShards(shards, nextIndex);
    }
}
