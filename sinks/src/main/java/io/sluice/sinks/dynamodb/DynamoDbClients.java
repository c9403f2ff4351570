package io.sluice.sinks.dynamodb;

import io.sluice.sinks.aws.AwsAccess;
import java.time.Duration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Opens clients for conditional puts. The SDK's own retries (standard mode, jittered) stay on:
 * every call made through such a client repeats without effect.
 */
public final class DynamoDbClients {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Covers the wait for a connection too: giving up early would add load to a slow store. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private static final Duration CALL = Duration.ofSeconds(25);

    private DynamoDbClients() {}

    /** A client for up to {@code maxConcurrency} calls at once; the caller closes it. */
    public static DynamoDbAsyncClient open(AwsAccess access, int maxConcurrency) {
        return access.apply(DynamoDbAsyncClient.builder())
                .overrideConfiguration(
                        settings ->
                                settings.retryStrategy(RetryMode.STANDARD)
                                        .apiCallAttemptTimeout(ATTEMPT)
                                        .apiCallTimeout(CALL))
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder()
                                .maxConcurrency(maxConcurrency)
                                .maxPendingConnectionAcquires(Integer.MAX_VALUE)
                                .connectionTimeout(CONNECT)
                                .connectionAcquisitionTimeout(CALL)
                                .readTimeout(ATTEMPT)
                                .tcpKeepAlive(true))
                .build();
    }
}
