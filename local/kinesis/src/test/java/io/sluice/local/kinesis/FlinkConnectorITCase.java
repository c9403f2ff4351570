package io.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The Flink connector, unmodified, reading from the server and writing to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlinkConnectorITCase {
    private static final int BATCH = 200;

    private KinesisServer server;
    private KinesisClient client;
    private MiniCluster cluster;
    private Path checkpoints;

    @BeforeAll
    void start(@TempDir Path data, @TempDir Path checkpointDir) throws Exception {
        server = KinesisServer.start(Settings.in(data));
        client = Clients.sync(server.endpoint());
        checkpoints = checkpointDir;
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(2)
                                .build());
        cluster.start();
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POLLING", "EFO"})
    void everyRecordPassesOnceThroughFailuresAndARestoreFromACheckpoint(String publisher)
            throws Exception {
        String in = "in-" + publisher;
        String out = "out-" + publisher;
        client.createStream(r -> r.streamName(in).shardCount(2));
        client.createStream(r -> r.streamName(out).shardCount(1));
        put(in, 0);
        server.faults().failNextRecords(7, "ProvisionedThroughputExceededException");
        JobID first = submit(in, out, publisher, SavepointRestoreSettings.none());
        awaitNumbers(out, BATCH);
        server.faults().dropSubscriptions();
        put(in, BATCH);
        awaitNumbers(out, 2 * BATCH);
        String checkpoint = cluster.triggerCheckpoint(first).get();
        cluster.cancelJob(first).get();
        await().until(() -> cluster.getJobStatus(first).get().isGloballyTerminalState());
        put(in, 2 * BATCH);

        JobID second = submit(in, out, publisher, SavepointRestoreSettings.forPath(checkpoint));
        awaitNumbers(out, 3 * BATCH);
        cluster.cancelJob(second).get();
        await().until(() -> cluster.getJobStatus(second).get().isGloballyTerminalState());
        assertThat(read(out)).containsExactlyInAnyOrderElementsOf(numbers(3 * BATCH));
    }

    @SuppressWarnings("deprecation") // the source that the pipeline runs on is a SourceFunction
    private JobID submit(String in, String out, String publisher, SavepointRestoreSettings restore)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.enableCheckpointing(Duration.ofHours(1).toMillis());
        env.addSource(new FlinkKinesisConsumer<>(in, new SimpleStringSchema(), source(publisher)))
                .uid("source")
                .sinkTo(
                        KinesisStreamsSink.<String>builder()
                                .setKinesisClientProperties(connection())
                                .setSerializationSchema(new SimpleStringSchema())
                                .setPartitionKeyGenerator(element -> element)
                                .setStreamArn(
                                        "arn:aws:kinesis:us-east-1:000000000000:stream/" + out)
                                .setMaxTimeInBufferMS(100)
                                .build())
                .uid("sink");
        JobGraph graph = env.getStreamGraph().getJobGraph();
        graph.setSavepointRestoreSettings(restore);
        return cluster.submitJob(graph).get().getJobID();
    }

    private Properties source(String publisher) {
        Properties properties = connection();
        properties.setProperty("flink.stream.initpos", "TRIM_HORIZON");
        properties.setProperty(ConsumerConfigConstants.RECORD_PUBLISHER_TYPE, publisher);
        properties.setProperty(ConsumerConfigConstants.EFO_CONSUMER_NAME, "flink");
        return properties;
    }

    private Properties connection() {
        Properties properties = new Properties();
        properties.setProperty("aws.region", "us-east-1");
        properties.setProperty("aws.endpoint", server.endpoint().toString());
        properties.setProperty("aws.credentials.provider.basic.accesskeyid", "test");
        properties.setProperty("aws.credentials.provider.basic.secretkey", "test");
        return properties;
    }

    private void put(String stream, int from) {
        List<PutRecordsRequestEntry> entries =
                IntStream.range(from, from + BATCH)
                        .mapToObj(
                                i ->
                                        PutRecordsRequestEntry.builder()
                                                .partitionKey("key" + i % 10)
                                                .data(SdkBytes.fromUtf8String("" + i))
                                                .build())
                        .toList();
        assertThat(
                        client.putRecords(r -> r.streamName(stream).records(entries))
                                .failedRecordCount())
                .isZero();
    }

    private void awaitNumbers(String stream, int count) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> read(stream).containsAll(numbers(count)));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private List<String> read(String stream) {
        String iterator =
                client.getShardIterator(
                                r ->
                                        r.streamName(stream)
                                                .shardId("shardId-000000000000")
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        List<String> data = new ArrayList<>();
        GetRecordsResponse response = client.getRecords(r -> r.shardIterator(iterator));
        response.records().forEach(r -> data.add(r.data().asUtf8String()));
        return data;
    }
}
