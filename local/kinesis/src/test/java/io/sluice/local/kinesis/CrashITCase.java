package io.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A server process that is killed while it takes records, and takes them as fast as it can. */
@Execution(ExecutionMode.SAME_THREAD)
class CrashITCase {
    private static final String STREAM = "s";
    private static final int KILLS = Boolean.getBoolean("sluice.deep") ? 20 : 3;

    @TempDir Path dir;

    @Test
    void everyAcknowledgedRecordSurvivesKillsUnderLoad() throws Exception {
        Map<String, String> acknowledged = new HashMap<>();
        for (int round = 0; round < KILLS; round++) {
            ServerProcess process = ServerProcess.start(dir);
            Queue<Map.Entry<String, String>> acks = new ConcurrentLinkedQueue<>();
            try (KinesisClient client = Clients.sync(process.endpoint())) {
                if (round == 0) {
                    client.createStream(r -> r.streamName(STREAM).shardCount(2));
                    client.increaseStreamRetentionPeriod(
                            r -> r.streamName(STREAM).retentionPeriodHours(48));
                }
                List<CompletableFuture<Void>> writers = new ArrayList<>();
                for (int w = 0; w < 3; w++) {
                    String prefix = round + "/" + w + "/";
                    writers.add(CompletableFuture.runAsync(() -> write(client, prefix, acks)));
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> acks.size() > 1500);
                process.kill();
                writers.forEach(CompletableFuture::join);
            } finally {
                process.kill();
            }
            acks.forEach(ack -> acknowledged.put(ack.getKey(), ack.getValue()));
            verify(acknowledged);
        }
    }

    private static void write(
            KinesisClient client, String prefix, Queue<Map.Entry<String, String>> acks) {
        for (int batch = 0; ; batch++) {
            int from = batch * 20;
            List<PutRecordsRequestEntry> entries =
                    IntStream.range(from, from + 20)
                            .mapToObj(i -> entry(prefix + i + "-" + "x".repeat(i * 7 % 900)))
                            .toList();
            try {
                var results =
                        client.putRecords(r -> r.streamName(STREAM).records(entries)).records();
                for (int i = 0; i < results.size(); i++) {
                    acks.add(
                            Map.entry(
                                    results.get(i).sequenceNumber(),
                                    entries.get(i).data().asUtf8String()));
                }
            } catch (SdkClientException killed) {
                return;
            }
        }
    }

    private static PutRecordsRequestEntry entry(String data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(Integer.toString(data.hashCode()))
                .data(SdkBytes.fromUtf8String(data))
                .build();
    }

    private void verify(Map<String, String> acknowledged) throws IOException {
        Settings settings = Settings.in(dir).withLimits(Limits.UNLIMITED).withSegmentBytes(100_000);
        try (KinesisServer server = KinesisServer.start(settings);
                KinesisClient client = Clients.sync(server.endpoint())) {
            Map<String, String> stored = new HashMap<>();
            for (int shard = 0; shard < 2; shard++) {
                for (Record r : readAll(client, "shardId-00000000000" + shard)) {
                    assertThat(stored.put(r.sequenceNumber(), r.data().asUtf8String())).isNull();
                }
            }
            assertThat(stored.entrySet().containsAll(acknowledged.entrySet())).isTrue();
            assertThat(
                            client.describeStreamSummary(r -> r.streamName(STREAM))
                                    .streamDescriptionSummary()
                                    .retentionPeriodHours())
                    .isEqualTo(48);
        }
    }

    private static List<Record> readAll(KinesisClient client, String shardId) {
        List<Record> records = new ArrayList<>();
        String iterator =
                client.getShardIterator(
                                r ->
                                        r.streamName(STREAM)
                                                .shardId(shardId)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        while (true) {
            String at = iterator;
            GetRecordsResponse response = client.getRecords(r -> r.shardIterator(at));
            if (response.records().isEmpty()) {
                return records;
            }
            records.addAll(response.records());
            iterator = response.nextShardIterator();
        }
    }

    @Test
    void directoryServesOneProcessAtATime() throws Exception {
        ServerProcess process = ServerProcess.start(dir);
        try {
            assertThatThrownBy(() -> KinesisServer.start(Settings.in(dir)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another server");
        } finally {
            process.kill();
        }
        KinesisServer.start(Settings.in(dir)).close();
    }

    @Test
    void consumersAndStreamsSurviveAndDeletedStreamsStayGone() throws Exception {
        ServerProcess process = ServerProcess.start(dir);
        String consumer;
        try (KinesisClient client = Clients.sync(process.endpoint())) {
            client.createStream(r -> r.streamName(STREAM).shardCount(1));
            client.createStream(r -> r.streamName("gone").shardCount(1));
            client.deleteStream(r -> r.streamName("gone"));
            String arn =
                    client.describeStreamSummary(r -> r.streamName(STREAM))
                            .streamDescriptionSummary()
                            .streamARN();
            consumer =
                    client.registerStreamConsumer(r -> r.streamARN(arn).consumerName("c"))
                            .consumer()
                            .consumerARN();
        } finally {
            process.kill();
        }
        try (KinesisServer server = KinesisServer.start(Settings.in(dir));
                KinesisClient client = Clients.sync(server.endpoint())) {
            assertThat(client.listStreams().streamNames()).containsExactly(STREAM);
            assertThat(
                            client.describeStreamConsumer(r -> r.consumerARN(consumer))
                                    .consumerDescription()
                                    .consumerName())
                    .isEqualTo("c");
        }
    }
}
