package io.sluice.local.kinesis.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.kinesis.storage.DataDirectory;
import io.sluice.local.kinesis.wire.ApiException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of a server.
 *
 * <p>Every change is in the metadata file before it is visible. Changes exclude each other;
 * look-ups and puts are not held up by them, except by a change of the same stream's shards.
 */
public final class Streams implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Environment environment;
    private final ConcurrentSkipListMap<String, Stream> byName = new ConcurrentSkipListMap<>();
    private long nextStreamId;

    /**
     * The metadata file.
     *
     * @param version of this layout, 1
     * @param nextStreamId the id of the next stream
     * @param streams all streams by name
     */
    record Metadata(int version, long nextStreamId, List<StreamDescription> streams) {}

    /** Opens the streams of the environment's directory and removes what deleted ones left. */
    public Streams(Environment environment) throws IOException {
        this.environment = environment;
        byte[] bytes = environment.directory().readMetadata();
        if (bytes == null) {
            nextStreamId = 1;
        } else {
            Metadata metadata = JSON.readValue(bytes, Metadata.class);
            if (metadata.version() != 1) {
                throw new IOException(
                        "The data directory has layout version "
                                + metadata.version()
                                + "; this server reads version 1. Use the server that wrote it.");
            }
            nextStreamId = metadata.nextStreamId();
            for (StreamDescription description : metadata.streams()) {
                byName.put(description.name(), new Stream(description, environment));
            }
        }
        removeOrphans();
    }

    private void removeOrphans() throws IOException {
        List<Long> known = byName.values().stream().map(s -> s.description().id()).toList();
        for (Long id : environment.directory().streamIds()) {
            if (!known.contains(id)) {
                DataDirectory.delete(environment.directory().streamDirectory(id));
            }
        }
    }

    public Environment environment() {
        return environment;
    }

    public @Nullable Stream find(String name) {
        return byName.get(name);
    }

    public @Nullable Stream find(long id) {
        return byName.values().stream()
                .filter(s -> s.description().id() == id)
                .findFirst()
                .orElse(null);
    }

    /** All streams in the order of their names. */
    public Collection<Stream> all() {
        return byName.values();
    }

    /** Open shards of all streams together. */
    public long openShards() {
        return byName.values().stream()
                .flatMap(s -> s.description().shards().stream())
                .filter(ShardDescription::isOpen)
                .count();
    }

    /** Creates a stream of equal shards. */
    public synchronized void create(
            String name, boolean onDemand, int shardCount, int maxRecordKib) {
        if (byName.containsKey(name)) {
            throw ApiException.resourceInUse("Stream " + name + " already exists.");
        }
        long nowMillis = environment.clock().millis();
        List<ShardDescription> shards = new ArrayList<>(shardCount);
        for (HashKeyRange range : HashKeyRange.equalParts(shardCount)) {
            shards.add(ShardDescription.open(shards.size(), range, null, null, nowMillis));
        }
        StreamDescription description =
                new StreamDescription(
                        nextStreamId,
                        name,
                        onDemand,
                        24,
                        maxRecordKib,
                        nowMillis,
                        List.copyOf(shards),
                        shardCount,
                        List.of());
        try {
            Stream stream = new Stream(description, environment);
            nextStreamId++;
            save(name, description);
            byName.put(name, stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a stream with its records and consumers. */
    public synchronized void delete(Stream stream) {
        try {
            save(stream.name(), null);
            byName.remove(stream.name());
            stream.close();
            DataDirectory.delete(
                    environment.directory().streamDirectory(stream.description().id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes what is kept of a stream besides its shards. */
    public synchronized void update(Stream stream, UnaryOperator<StreamDescription> change) {
        changeShards(stream, change);
    }

    /** Splits and merges shards of a stream. */
    public synchronized void reshard(Stream stream, Consumer<Resharding> change) {
        changeShards(
                stream,
                description -> {
                    Resharding resharding =
                            new Resharding(
                                    description,
                                    environment.clock().millis(),
                                    index -> endOrdinal(stream, index));
                    change.accept(resharding);
                    return resharding.applyTo(description);
                });
        stream.shardsChanged();
    }

    private static long endOrdinal(Stream stream, int index) {
        Shard shard = stream.shard(index);
        return shard == null ? 1 : shard.nextOrdinal();
    }

    private void changeShards(Stream stream, UnaryOperator<StreamDescription> change) {
        try {
            stream.exclusively(
                    () -> {
                        if (stream.isClosed()) {
                            throw ApiException.resourceNotFound(
                                    "Stream " + stream.name() + " is being deleted.");
                        }
                        StreamDescription next = change.apply(stream.description());
                        Map<Integer, Shard> opened = stream.opened(next);
                        save(stream.name(), next);
                        stream.publish(next, opened);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save(String name, @Nullable StreamDescription changed) throws IOException {
        Map<String, StreamDescription> all = new TreeMap<>();
        byName.forEach((key, stream) -> all.put(key, stream.description()));
        if (changed == null) {
            all.remove(name);
        } else {
            all.put(name, changed);
        }
        Metadata metadata = new Metadata(1, nextStreamId, List.copyOf(all.values()));
        environment.directory().writeMetadata(JSON.writeValueAsBytes(metadata));
    }

    /** Deletes files and closed shards whose records have all expired. */
    public void trim() {
        long nowMillis = environment.clock().millis();
        for (Stream stream : byName.values()) {
            try {
                stream.trim(nowMillis);
                dropExpiredShards(stream);
            } catch (IOException e) {
                LOG.warn("Could not trim stream {}; trying again later", stream.name(), e);
            }
        }
    }

    private synchronized void dropExpiredShards(Stream stream) throws IOException {
        long horizonMillis = stream.trimHorizonMillis();
        List<ShardDescription> expired =
                stream.description().shards().stream()
                        .filter(s -> isExpired(s, horizonMillis))
                        .toList();
        if (expired.isEmpty() || stream.isClosed()) {
            return;
        }
        List<Shard> dropped = new ArrayList<>();
        expired.forEach(s -> dropped.add(stream.shard(s.index())));
        update(
                stream,
                description -> {
                    List<ShardDescription> kept = new ArrayList<>(description.shards());
                    kept.removeAll(expired);
                    return description.withShards(kept, description.nextShardIndex());
                });
        for (Shard shard : dropped) {
            shard.closeLog();
            DataDirectory.delete(
                    environment
                            .directory()
                            .shardDirectory(
                                    stream.description().id(), shard.description().index()));
        }
    }

    private static boolean isExpired(ShardDescription shard, long horizonMillis) {
        Long closedMillis = shard.closedMillis();
        return closedMillis != null && closedMillis < horizonMillis;
    }

    @Override
    public synchronized void close() throws IOException {
        for (Stream stream : byName.values()) {
            stream.close();
        }
    }
}
