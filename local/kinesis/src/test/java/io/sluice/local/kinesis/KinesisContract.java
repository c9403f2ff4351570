package io.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** What holds for every client, whatever protocol and encoding it speaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KinesisContract {
    private static final String FIRST_SHARD = "shardId-000000000000";

    private KinesisServer server;
    private KinesisAsyncClient client;

    abstract KinesisAsyncClient connect(URI endpoint);

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        server = KinesisServer.start(Settings.in(dir).withLimits(Limits.UNLIMITED));
        client = connect(server.endpoint());
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private String stream(TestInfo info, int shards) {
        String name = info.getTestMethod().orElseThrow().getName();
        client.createStream(r -> r.streamName(name).shardCount(shards)).join();
        return name;
    }

    private String put(String stream, String data) {
        PutRecordResponse stored =
                client.putRecord(
                                r ->
                                        r.streamName(stream)
                                                .partitionKey("k")
                                                .data(SdkBytes.fromUtf8String(data)))
                        .join();
        return stored.sequenceNumber();
    }

    private String iterator(String stream, ShardIteratorType type, String sequenceNumber) {
        return client.getShardIterator(
                        r ->
                                r.streamName(stream)
                                        .shardId(FIRST_SHARD)
                                        .shardIteratorType(type)
                                        .startingSequenceNumber(sequenceNumber))
                .join()
                .shardIterator();
    }

    private List<String> read(String iterator) {
        return client.getRecords(r -> r.shardIterator(iterator)).join().records().stream()
                .map(r -> r.data().asUtf8String())
                .toList();
    }

    @Test
    void createdStreamIsActiveAndDescribed(TestInfo info) {
        String stream = stream(info, 2);
        var summary =
                client.describeStreamSummary(r -> r.streamName(stream))
                        .join()
                        .streamDescriptionSummary();
        assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
        assertThat(summary.openShardCount()).isEqualTo(2);
        assertThat(summary.retentionPeriodHours()).isEqualTo(24);
        assertThat(summary.streamModeDetails().streamMode()).isEqualTo(StreamMode.PROVISIONED);
        assertThat(summary.streamCreationTimestamp())
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(client.listStreams().join().streamNames()).contains(stream);
        var byArn =
                client.describeStream(r -> r.streamARN(summary.streamARN()))
                        .join()
                        .streamDescription();
        assertThat(byArn.shards()).hasSize(2);
        assertThat(byArn.hasMoreShards()).isFalse();
    }

    @Test
    void onDemandStreamBeginsWithFourShards(TestInfo info) {
        String name = info.getTestMethod().orElseThrow().getName();
        client.createStream(
                        r ->
                                r.streamName(name)
                                        .streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND)))
                .join();
        assertThat(client.listShards(r -> r.streamName(name)).join().shards()).hasSize(4);
    }

    @Test
    void listedShardsCoverAllHashKeysPageByPage(TestInfo info) {
        String stream = stream(info, 3);
        var first = client.listShards(r -> r.streamName(stream).maxResults(2)).join();
        var second = client.listShards(r -> r.nextToken(first.nextToken())).join();
        List<Shard> shards = new ArrayList<>(first.shards());
        shards.addAll(second.shards());
        assertThat(second.nextToken()).isNull();
        assertThat(shards).extracting(Shard::shardId).doesNotHaveDuplicates().hasSize(3);
        assertThat(shards.get(0).hashKeyRange().startingHashKey()).isEqualTo("0");
        assertThat(shards.get(2).hashKeyRange().endingHashKey())
                .isEqualTo("340282366920938463463374607431768211455");
    }

    @Test
    void recordsComeBackAsTheyWereInOrder(TestInfo info) {
        String stream = stream(info, 1);
        String first = put(stream, "a");
        String second = put(stream, "b");
        assertThat(first).hasSize(56);
        assertThat(second).isGreaterThan(first);
        String iterator = iterator(stream, ShardIteratorType.TRIM_HORIZON, null);
        GetRecordsResponse response = client.getRecords(r -> r.shardIterator(iterator)).join();
        assertThat(response.records())
                .extracting(Record::sequenceNumber)
                .containsExactly(first, second);
        assertThat(response.records()).extracting(Record::partitionKey).containsOnly("k");
        assertThat(response.records().get(0).approximateArrivalTimestamp())
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(response.millisBehindLatest()).isZero();
        assertThat(read(response.nextShardIterator())).isEmpty();
    }

    @Test
    void anyBytesSurvive(TestInfo info) {
        String stream = stream(info, 1);
        byte[] bytes = new byte[700_000];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (i * 31));
        client.putRecord(
                        r ->
                                r.streamName(stream)
                                        .partitionKey("schlüssel-\u4e2d")
                                        .data(SdkBytes.fromByteArray(bytes)))
                .join();
        String iterator = iterator(stream, ShardIteratorType.TRIM_HORIZON, null);
        Record record = client.getRecords(r -> r.shardIterator(iterator)).join().records().get(0);
        assertThat(record.data().asByteArray()).isEqualTo(bytes);
        assertThat(record.partitionKey()).isEqualTo("schlüssel-\u4e2d");
    }

    @Test
    void iteratorsStartWhereTheirTypeSays(TestInfo info) {
        String stream = stream(info, 1);
        put(stream, "a");
        String middle = put(stream, "b");
        String latest = iterator(stream, ShardIteratorType.LATEST, null);
        put(stream, "c");
        assertThat(read(iterator(stream, ShardIteratorType.TRIM_HORIZON, null)))
                .containsExactly("a", "b", "c");
        assertThat(read(iterator(stream, ShardIteratorType.AT_SEQUENCE_NUMBER, middle)))
                .containsExactly("b", "c");
        assertThat(read(iterator(stream, ShardIteratorType.AFTER_SEQUENCE_NUMBER, middle)))
                .containsExactly("c");
        assertThat(read(latest)).containsExactly("c");
        String shardStart =
                client.listShards(r -> r.streamName(stream))
                        .join()
                        .shards()
                        .get(0)
                        .sequenceNumberRange()
                        .startingSequenceNumber();
        assertThat(read(iterator(stream, ShardIteratorType.AT_SEQUENCE_NUMBER, shardStart)))
                .containsExactly("a", "b", "c");
    }

    @Test
    void timestampIteratorStartsAtTheFirstRecordOfThatTime(TestInfo info) {
        String stream = stream(info, 1);
        put(stream, "a");
        Instant arrived = arrivalOf(stream, 0);
        await().until(() -> Instant.now().toEpochMilli() > arrived.toEpochMilli() + 2);
        put(stream, "b");
        assertThat(read(timestampIterator(stream, arrived))).containsExactly("a", "b");
        assertThat(read(timestampIterator(stream, arrived.plusMillis(1)))).containsExactly("b");
        assertThat(read(timestampIterator(stream, Instant.EPOCH))).containsExactly("a", "b");
    }

    private Instant arrivalOf(String stream, int index) {
        String iterator = iterator(stream, ShardIteratorType.TRIM_HORIZON, null);
        return client.getRecords(r -> r.shardIterator(iterator))
                .join()
                .records()
                .get(index)
                .approximateArrivalTimestamp();
    }

    private String timestampIterator(String stream, Instant time) {
        return client.getShardIterator(
                        r ->
                                r.streamName(stream)
                                        .shardId(FIRST_SHARD)
                                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                        .timestamp(time))
                .join()
                .shardIterator();
    }

    @Test
    void explicitHashKeyChoosesTheShard(TestInfo info) {
        String stream = stream(info, 2);
        List<PutRecordsRequestEntry> entries =
                List.of(entry("0"), entry("340282366920938463463374607431768211455"));
        PutRecordsResponse response =
                client.putRecords(r -> r.streamName(stream).records(entries)).join();
        assertThat(response.failedRecordCount()).isZero();
        assertThat(response.records())
                .extracting(r -> r.shardId())
                .containsExactly(FIRST_SHARD, "shardId-000000000001");
    }

    private static PutRecordsRequestEntry entry(String hashKey) {
        return PutRecordsRequestEntry.builder()
                .partitionKey("same")
                .explicitHashKey(hashKey)
                .data(SdkBytes.fromUtf8String("x"))
                .build();
    }

    @Test
    void orderedFailuresAreAlignedWithTheRequest(TestInfo info) {
        String stream = stream(info, 1);
        server.faults().failNextRecords(2, "ProvisionedThroughputExceededException");
        PutRecordsResponse response =
                client.putRecords(
                                r ->
                                        r.streamName(stream)
                                                .records(entry("0"), entry("1"), entry("2")))
                        .join();
        assertThat(response.failedRecordCount()).isEqualTo(2);
        assertThat(response.records())
                .extracting(r -> r.errorCode())
                .containsExactly(
                        "ProvisionedThroughputExceededException",
                        "ProvisionedThroughputExceededException",
                        null);
        assertThat(response.records().get(2).sequenceNumber()).isNotNull();
    }

    @Test
    void errorsHaveTheServicesTypes(TestInfo info) {
        String stream = stream(info, 1);
        assertThatThrownBy(() -> put("no-such-stream", "x"))
                .hasCauseInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("not found");
        assertThatThrownBy(() -> stream(info, 1)).hasCauseInstanceOf(ResourceInUseException.class);
        assertThatThrownBy(() -> read("garbage"))
                .hasCauseInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> iterator(stream, ShardIteratorType.AT_SEQUENCE_NUMBER, "123"))
                .hasCauseInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void deletedStreamIsGoneAndANewOneIsEmpty(TestInfo info) {
        String stream = stream(info, 1);
        put(stream, "old");
        String old = iterator(stream, ShardIteratorType.TRIM_HORIZON, null);
        client.deleteStream(r -> r.streamName(stream)).join();
        assertThatThrownBy(() -> read(old)).hasCauseInstanceOf(ResourceNotFoundException.class);
        stream(info, 1);
        assertThatThrownBy(() -> read(old)).hasCauseInstanceOf(ResourceNotFoundException.class);
        assertThat(read(iterator(stream, ShardIteratorType.TRIM_HORIZON, null))).isEmpty();
    }

    @Test
    void subscriptionPushesOldAndNewRecords(TestInfo info) {
        String stream = stream(info, 1);
        put(stream, "a");
        String consumer = register(stream);
        Subscriber subscriber =
                Subscriber.start(
                        client,
                        consumer,
                        FIRST_SHARD,
                        StartingPosition.builder().type(ShardIteratorType.TRIM_HORIZON).build());
        await().until(() -> subscriber.data().equals(List.of("a")));
        String last = put(stream, "b");
        await().until(() -> subscriber.data().equals(List.of("a", "b")));
        var event = subscriber.events().get(subscriber.events().size() - 1);
        assertThat(event.continuationSequenceNumber()).isEqualTo(last);
        assertThat(event.millisBehindLatest()).isZero();
        client.deregisterStreamConsumer(r -> r.consumerARN(consumer)).join();
        assertThatThrownBy(() -> subscriber.call().join())
                .hasCauseInstanceOf(ResourceNotFoundException.class);
    }

    private String register(String stream) {
        String arn =
                client.describeStreamSummary(r -> r.streamName(stream))
                        .join()
                        .streamDescriptionSummary()
                        .streamARN();
        String consumer =
                client.registerStreamConsumer(r -> r.streamARN(arn).consumerName("c"))
                        .join()
                        .consumer()
                        .consumerARN();
        var described =
                client.describeStreamConsumer(r -> r.streamARN(arn).consumerName("c")).join();
        assertThat(described.consumerDescription().consumerARN()).isEqualTo(consumer);
        assertThat(client.listStreamConsumers(r -> r.streamARN(arn)).join().consumers()).hasSize(1);
        return consumer;
    }
}
