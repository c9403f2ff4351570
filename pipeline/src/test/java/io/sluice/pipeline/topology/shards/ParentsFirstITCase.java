package io.sluice.pipeline.topology.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.local.kinesis.KinesisServer;
import io.sluice.local.kinesis.Settings;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.pipeline.topology.StreamRecordSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ScalingType;

/**
 * R11 through resharding: records of a key are processed once and in order though its shard is
 * split and merged, read from the beginning or live, through failures, restores and a rescale.
 */
class ParentsFirstITCase {
    private static final String STREAM = "s";
    private static final int KEYS = 40;

    @TempDir Path folder;
    private KinesisServer server;
    private KinesisClient client;
    private final OrderOfKeys.Seen seen = OrderOfKeys.of(toString());
    private int written;

    @BeforeEach
    void start() throws Exception {
        server = KinesisServer.start(Settings.in(folder.resolve("kinesis")));
        client =
                KinesisClient.builder()
                        .endpointOverride(server.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("test", "test")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
        client.createStream(r -> r.streamName(STREAM).shardCount(2));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void keysKeepTheirOrderThroughSplitsAndMergesThatCameBeforeTheJob() throws Exception {
        write(20);
        for (int shards : new int[] {4, 3, 2, 4}) {
            reshard(shards);
            write(20);
        }
        JobClient job = run(2, null);
        awaitAll();
        job.cancel().get();
    }

    @Test
    void keysKeepTheirOrderThroughSplitsMergesFailuresAndARescaleUnderTraffic() throws Exception {
        JobClient job = run(2, null);
        for (int shards : new int[] {4, 2}) {
            write(30);
            reshard(shards);
            write(30);
            seen.failuresToCome.incrementAndGet();
            write(30);
            awaitAll();
        }
        reshard(3);
        write(30);
        String savepoint =
                job.stopWithSavepoint(
                                false,
                                folder.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        write(30);
        job = run(3, savepoint);
        awaitAll();
        assertThat(seen.failures.get()).isEqualTo(2);
        job.cancel().get();
    }

    /** Another generation of numbers of every key. */
    private void write(int numbers) {
        for (int i = 0; i < numbers; i++) {
            String number = String.valueOf(written++);
            List<PutRecordsRequestEntry> entries =
                    IntStream.range(0, KEYS)
                            .mapToObj(
                                    key ->
                                            PutRecordsRequestEntry.builder()
                                                    .partitionKey("key" + key)
                                                    .data(SdkBytes.fromUtf8String(number))
                                                    .build())
                            .collect(Collectors.toList());
            assertThat(
                            client.putRecords(r -> r.streamName(STREAM).records(entries))
                                    .failedRecordCount())
                    .isZero();
        }
    }

    private void reshard(int shards) {
        client.updateShardCount(
                r ->
                        r.streamName(STREAM)
                                .targetShardCount(shards)
                                .scalingType(ScalingType.UNIFORM_SCALING));
    }

    private void awaitAll() {
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                !seen.outOfOrder.isEmpty()
                                        || (seen.newest.size() == KEYS
                                                && seen.newest.values().stream()
                                                        .allMatch(n -> n == written - 1)));
        assertThat(seen.outOfOrder).isEmpty();
    }

    @SuppressWarnings("deprecation") // the source is a SourceFunction
    private JobClient run(int parallelism, @Nullable String savepoint) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        env.addSource(new ParentsFirstConsumer<>(STREAM, new StreamRecordSchema(), source()))
                .returns(Types.STREAM_RECORD)
                .uid("source")
                .keyBy(StreamRecord::partitionKey, TypeInformation.of(String.class))
                .flatMap(new OrderOfKeys(toString()))
                .returns(String.class)
                .uid("order")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
        return env.executeAsync("parents first");
    }

    private Properties source() {
        Properties properties = new Properties();
        properties.setProperty("aws.region", "us-east-1");
        properties.setProperty("aws.endpoint", server.endpoint().toString());
        properties.setProperty("aws.credentials.provider.basic.accesskeyid", "test");
        properties.setProperty("aws.credentials.provider.basic.secretkey", "test");
        properties.setProperty("flink.stream.initpos", "TRIM_HORIZON");
        properties.setProperty("flink.stream.recordpublisher", "EFO");
        properties.setProperty("flink.stream.efo.consumername", "test");
        properties.setProperty("flink.shard.discovery.intervalmillis", "100");
        return properties;
    }
}
