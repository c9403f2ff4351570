package io.sluice.sinks.cloudwatch;

import io.sluice.sinks.aws.AsyncCalls;
import io.sluice.sinks.aws.AwsAccess;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** CloudWatch behind {@link MetricStore}. */
final class CloudWatchMetricStore implements MetricStore {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** Long, because an attempt given up may have been counted, and nobody waits for it. */
    private static final Duration ATTEMPT = Duration.ofSeconds(15);

    private static final Duration CALL = Duration.ofSeconds(40);

    private final CloudWatchAsyncClient client;
    private final String namespace;

    private CloudWatchMetricStore(CloudWatchAsyncClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    static Factory in(AwsAccess access, String namespace) {
        return () -> new CloudWatchMetricStore(client(access), namespace);
    }

    @Override
    public CompletableFuture<Void> put(MetricBatch batch) {
        PutMetricDataRequest request =
                PutMetricDataRequest.builder()
                        .namespace(namespace)
                        .metricData(
                                batch.sets().stream()
                                        .map(CloudWatchMetricStore::datum)
                                        .collect(Collectors.toList()))
                        .build();
        return client.putMetricData(request).thenApply(answer -> null);
    }

    @Override
    public void close() {
        client.close();
    }

    private static MetricDatum datum(MetricSet set) {
        MetricKey key = set.key();
        return MetricDatum.builder()
                .metricName(key.name())
                .dimensions(
                        key.dimensions().entrySet().stream()
                                .map(CloudWatchMetricStore::dimension)
                                .collect(Collectors.toList()))
                .unit(key.unit())
                .timestamp(Instant.ofEpochMilli(key.minuteMillis()))
                .statisticValues(
                        StatisticSet.builder()
                                .sampleCount((double) set.count())
                                .sum(asDouble(set.sum(), key.scale()))
                                .minimum(asDouble(set.min(), key.scale()))
                                .maximum(asDouble(set.max(), key.scale()))
                                .build())
                .build();
    }

    private static Dimension dimension(java.util.Map.Entry<String, String> dimension) {
        return Dimension.builder().name(dimension.getKey()).value(dimension.getValue()).build();
    }

    /** The only place where an amount loses exactness: CloudWatch takes doubles. */
    private static double asDouble(long value, int scale) {
        return BigDecimal.valueOf(value, scale).doubleValue();
    }

    private static CloudWatchAsyncClient client(AwsAccess access) {
        return access.apply(CloudWatchAsyncClient.builder())
                .asyncConfiguration(AsyncCalls::completeInPlace)
                .overrideConfiguration(
                        settings ->
                                settings.retryStrategy(RetryMode.STANDARD)
                                        .apiCallAttemptTimeout(ATTEMPT)
                                        .apiCallTimeout(CALL))
                .httpClientBuilder(
                        AsyncCalls.http().connectionTimeout(CONNECT).readTimeout(ATTEMPT))
                .build();
    }
}
