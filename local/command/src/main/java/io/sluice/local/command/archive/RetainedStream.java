package io.sluice.local.command.archive;

import io.sluice.local.command.FindingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * What a stream retains, as files: one for each shard, with a record in each line. Records that
 * come after the copying began are left out, so it ends however busy the stream is.
 */
public final class RetainedStream {
    private final KinesisClient kinesis;
    private final String stream;
    private final Instant until = Instant.now();

    /** Of that stream, whose records are JSON without line breaks. */
    public RetainedStream(KinesisClient kinesis, String stream) {
        this.kinesis = kinesis;
        this.stream = stream;
    }

    /**
     * Copies it.
     *
     * @param folder that is there
     * @throws FindingException if there is no such stream
     */
    public void copyTo(Path folder) throws IOException, FindingException {
        try {
            for (Shard shard : shards()) {
                copy(shard.shardId(), folder.resolve(shard.shardId() + ".jsonl"));
            }
        } catch (ResourceNotFoundException e) {
            throw new FindingException("there is no stream " + stream, e);
        }
    }

    private List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            ListShardsResponse page =
                    kinesis.listShards(
                            list ->
                                    list.streamName(token == null ? stream : null)
                                            .nextToken(token));
            shards.addAll(page.shards());
            next = page.nextToken();
        } while (next != null);
        return shards;
    }

    private void copy(String shard, Path file) throws IOException {
        String iterator =
                kinesis.getShardIterator(
                                get ->
                                        get.streamName(stream)
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        try (OutputStream out = Files.newOutputStream(file)) {
            while (iterator != null) {
                String at = iterator;
                GetRecordsResponse page = kinesis.getRecords(get -> get.shardIterator(at));
                iterator = write(page, out);
            }
        }
    }

    /** Writes a page, and gives where the next one begins; null if there is none. */
    private @Nullable String write(GetRecordsResponse page, OutputStream out) throws IOException {
        for (Record record : page.records()) {
            if (record.approximateArrivalTimestamp().isAfter(until)) {
                return null;
            }
            out.write(record.data().asByteArrayUnsafe());
            out.write('\n');
        }
        return page.millisBehindLatest() == 0 ? null : page.nextShardIterator();
    }

    /** Removes a copy. */
    public static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
