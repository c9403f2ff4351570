package io.sluice.benchmarks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * The floor under an acknowledged submission: the same bodies put one by one straight onto a stream
 * of their own of the embedded Kinesis, with the SDK as it comes.
 */
final class KinesisFloor implements AutoCloseable {
    private static final String STREAM = "benchmark-floor";

    private final KinesisAsyncClient kinesis;

    KinesisFloor(String endpoint) {
        kinesis =
                KinesisAsyncClient.builder()
                        .endpointOverride(URI.create(endpoint))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("sluice", "sluice")))
                        .build();
        kinesis.createStream(request -> request.streamName(STREAM).shardCount(2)).join();
        kinesis.waiter().waitUntilStreamExists(request -> request.streamName(STREAM)).join();
    }

    /** Puts at that rate; status 200 stands for stored, 0 for not. */
    LoadResult run(int perSecond, int warmUpSeconds, int seconds, Supplier<String> bodies)
            throws InterruptedException {
        once(perSecond, warmUpSeconds, bodies);
        return once(perSecond, seconds, bodies);
    }

    private LoadResult once(int perSecond, int seconds, Supplier<String> bodies)
            throws InterruptedException {
        Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(5), 3);
        Map<Integer, Long> statuses = new ConcurrentHashMap<>();
        Phaser open = new Phaser(1);
        OpenLoop.run(
                perSecond,
                seconds,
                (call, intended) -> {
                    open.register();
                    PutRecordsRequestEntry entry =
                            PutRecordsRequestEntry.builder()
                                    .partitionKey("bench-" + call % 20)
                                    .data(SdkBytes.fromString(bodies.get(), StandardCharsets.UTF_8))
                                    .build();
                    var unused =
                            kinesis.putRecords(
                                            put -> put.streamName(STREAM).records(List.of(entry)))
                                    .handle(
                                            (stored, error) -> {
                                                boolean good =
                                                        error == null
                                                                && stored.failedRecordCount() == 0;
                                                statuses.merge(good ? 200 : 0, 1L, Long::sum);
                                                if (good) {
                                                    record(latencies, intended);
                                                }
                                                return open.arriveAndDeregister();
                                            });
                });
        open.awaitAdvanceInterruptibly(open.arrive());
        return new LoadResult(latencies, statuses, List.of());
    }

    private static void record(Histogram latencies, long intended) {
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - intended);
        synchronized (latencies) {
            latencies.recordValue(micros);
        }
    }

    @Override
    public void close() {
        kinesis.deleteStream(request -> request.streamName(STREAM)).join();
        kinesis.close();
    }
}
