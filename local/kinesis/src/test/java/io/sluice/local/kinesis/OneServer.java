package io.sluice.local.kinesis;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A server of its own for every test, its time in the test's hand. */
abstract class OneServer {
    static final String STREAM = "s";
    static final String FIRST_SHARD = "shardId-000000000000";

    final SettableClock clock = new SettableClock();
    KinesisServer server;
    KinesisClient client;
    private KinesisAsyncClient async;

    @TempDir Path dir;

    Settings settings() {
        return Settings.in(dir).withClock(clock);
    }

    @BeforeEach
    void start() throws Exception {
        server = KinesisServer.start(settings());
        client = Clients.sync(server.endpoint());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        if (async != null) {
            async.close();
            async = null;
        }
        server.close();
    }

    KinesisAsyncClient async() {
        if (async == null) {
            async = Clients.async(server.endpoint(), Protocol.HTTP2);
        }
        return async;
    }

    void restart() throws Exception {
        stop();
        start();
    }

    void create(int shards) {
        client.createStream(r -> r.streamName(STREAM).shardCount(shards));
    }

    String put(String data) {
        return client.putRecord(
                        r ->
                                r.streamName(STREAM)
                                        .partitionKey("k" + data.length())
                                        .data(SdkBytes.fromUtf8String(data)))
                .sequenceNumber();
    }

    PutRecordsResponse put(int count, int bytes) {
        byte[] data = "x".repeat(bytes).getBytes(StandardCharsets.UTF_8);
        List<PutRecordsRequestEntry> entries =
                IntStream.range(0, count)
                        .mapToObj(
                                i ->
                                        PutRecordsRequestEntry.builder()
                                                .partitionKey("k")
                                                .data(SdkBytes.fromByteArrayUnsafe(data))
                                                .build())
                        .toList();
        return client.putRecords(r -> r.streamName(STREAM).records(entries));
    }

    String iterator(String shardId, ShardIteratorType type) {
        return client.getShardIterator(
                        r -> r.streamName(STREAM).shardId(shardId).shardIteratorType(type))
                .shardIterator();
    }

    GetRecordsResponse get(String iterator) {
        return client.getRecords(r -> r.shardIterator(iterator));
    }

    /** Everything in a shard from its beginning to its tip or end. */
    List<String> readAll(String shardId) {
        List<String> data = new ArrayList<>();
        String iterator = iterator(shardId, ShardIteratorType.TRIM_HORIZON);
        while (iterator != null) {
            GetRecordsResponse response = get(iterator);
            response.records().forEach(r -> data.add(r.data().asUtf8String()));
            boolean more = response.millisBehindLatest() > 0 || !response.records().isEmpty();
            iterator = more ? response.nextShardIterator() : null;
        }
        return data;
    }

    List<Shard> shards() {
        return client.listShards(r -> r.streamName(STREAM)).shards();
    }

    String register(String name) {
        String arn =
                client.describeStreamSummary(r -> r.streamName(STREAM))
                        .streamDescriptionSummary()
                        .streamARN();
        return client.registerStreamConsumer(r -> r.streamARN(arn).consumerName(name))
                .consumer()
                .consumerARN();
    }

    void awaitSubscriptions(int count) {
        await().until(() -> server.liveSubscriptions() == count);
    }
}
