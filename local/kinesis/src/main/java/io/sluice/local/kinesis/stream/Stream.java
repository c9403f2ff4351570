package io.sluice.local.kinesis.stream;

import io.sluice.local.kinesis.storage.NewRecord;
import io.sluice.local.kinesis.storage.ShardLog;
import io.sluice.local.kinesis.wire.ApiException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream: its description and its shards.
 *
 * <p>Thread-safe. Puts run beside each other; a change of the shards waits for them and keeps later
 * ones out, so no record lands in a closed shard. Only {@link Streams} changes a stream.
 */
public final class Stream {
    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);

    private final Environment environment;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile StreamDescription description;
    private volatile Map<Integer, Shard> shards = Map.of();
    private volatile NavigableMap<BigInteger, Shard> routes = new TreeMap<>();
    private volatile boolean closed;

    Stream(StreamDescription description, Environment environment) throws IOException {
        this.description = description;
        this.environment = environment;
        publish(description, opened(description));
    }

    public StreamDescription description() {
        return description;
    }

    /** The shard with this index, null if it never was or its records expired. */
    public @Nullable Shard shard(int index) {
        return shards.get(index);
    }

    /** Records that arrived before this time are no longer readable. */
    public long trimHorizonMillis() {
        return environment.clock().millis() - description.retentionHours() * 3_600_000L;
    }

    /** Stores records, in order per shard, and tells the fate of each at its index. */
    public List<PutResult> put(List<PutRequest> requests) {
        lock.readLock().lock();
        try {
            PutResult[] results = new PutResult[requests.size()];
            Map<Shard, List<Integer>> placesByShard = new LinkedHashMap<>();
            long nowMillis = environment.clock().millis();
            for (int i = 0; i < results.length; i++) {
                Shard shard = route(requests.get(i).hashKey());
                ApiException refusal = refusal(shard, requests.get(i), nowMillis);
                if (refusal == null) {
                    placesByShard.computeIfAbsent(shard, s -> new ArrayList<>()).add(i);
                } else {
                    results[i] = new PutResult.Failed(refusal);
                }
            }
            placesByShard.forEach(
                    (shard, places) -> append(shard, places, requests, results, nowMillis));
            return List.of(results);
        } finally {
            lock.readLock().unlock();
        }
    }

    private @Nullable ApiException refusal(Shard shard, PutRequest request, long nowMillis) {
        ApiException ordered = environment.faults().next();
        if (ordered != null) {
            return ordered;
        }
        return shard.admitWrite(request.bytes(), nowMillis)
                ? null
                : ApiException.throughputExceeded(
                        "Rate exceeded for shard " + shard.id() + " in stream " + name() + ".");
    }

    private void append(
            Shard shard,
            List<Integer> places,
            List<PutRequest> requests,
            PutResult[] results,
            long nowMillis) {
        List<NewRecord> batch = new ArrayList<>(places.size());
        places.forEach(place -> batch.add(requests.get(place).record()));
        try {
            long ordinal = shard.append(batch, nowMillis);
            for (int place : places) {
                results[place] =
                        new PutResult.Stored(shard.id(), shard.sequenceNumbers().format(ordinal++));
            }
        } catch (IOException e) {
            LOG.error("Could not write to {} of stream {}", shard.id(), name(), e);
            places.forEach(
                    place ->
                            results[place] =
                                    new PutResult.Failed(
                                            ApiException.internalFailure(
                                                    "Internal service failure.")));
        }
    }

    private Shard route(BigInteger hashKey) {
        Map.Entry<BigInteger, Shard> entry = routes.floorEntry(hashKey);
        if (closed || entry == null) {
            throw ApiException.resourceNotFound("Stream " + name() + " is being closed.");
        }
        return entry.getValue();
    }

    /** Runs a change of the shards while no put is under way. */
    void exclusively(ShardChange change) throws IOException {
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Opens the logs of a description's shards, keeping those that are open. */
    Map<Integer, Shard> opened(StreamDescription next) throws IOException {
        Map<Integer, Shard> result = new TreeMap<>();
        for (ShardDescription d : next.shards()) {
            Shard known = shards.get(d.index());
            result.put(d.index(), known == null ? open(d) : known);
        }
        return result;
    }

    private Shard open(ShardDescription shard) throws IOException {
        ShardLog log =
                ShardLog.open(
                        environment.directory().shardDirectory(description.id(), shard.index()),
                        environment.segmentBytes(),
                        environment.durability());
        return new Shard(shard, log, environment.limited());
    }

    /** Makes a description and its opened shards the stream's own. */
    void publish(StreamDescription next, Map<Integer, Shard> opened) {
        NavigableMap<BigInteger, Shard> open = new TreeMap<>();
        for (ShardDescription d : next.shards()) {
            Shard shard = opened.get(d.index());
            if (shard != null) {
                shard.describe(d);
                if (d.isOpen()) {
                    open.put(d.range().start(), shard);
                }
            }
        }
        routes = open;
        shards = Map.copyOf(opened);
        description = next;
    }

    /** Tells every reader that shards may have been closed. */
    void shardsChanged() {
        shards.values().forEach(Shard::changed);
    }

    void trim(long nowMillis) throws IOException {
        long segmentMillis = Math.max(1, description.retentionHours() / 24) * 3_600_000L;
        for (Shard shard : shards.values()) {
            shard.trim(trimHorizonMillis(), nowMillis, segmentMillis);
        }
    }

    /** Ends the stream: later puts find it gone, its files are closed. */
    void close() throws IOException {
        exclusively(
                () -> {
                    closed = true;
                    for (Shard shard : shards.values()) {
                        shard.closeLog();
                    }
                });
        shardsChanged();
    }

    /** Whether the stream is gone or the server is closing. */
    public boolean isClosed() {
        return closed;
    }

    String name() {
        return description.name();
    }

    /** A change that writes files. */
    interface ShardChange {
        void run() throws IOException;
    }
}
