package io.sluice.sinks.dynamodb;

import io.sluice.sinks.aws.AwsAccess;
import java.time.Duration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Opens blocking clients for conditional puts. The SDK's own retries (standard mode, jittered) stay
 * on: every call made through such a client repeats without effect.
 */
public final class DynamoDbClients {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** Giving up early would add load to a slow store. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private static final Duration CALL = Duration.ofSeconds(25);

    private DynamoDbClients() {}

    /** A client for up to {@code maxConcurrency} calls at once; the caller closes it. */
    public static DynamoDbClient open(AwsAccess access, int maxConcurrency) {
        return access.apply(DynamoDbClient.builder())
                .overrideConfiguration(
                        settings -> settings.retryStrategy(RetryMode.STANDARD).apiCallTimeout(CALL))
                .httpClientBuilder(
                        ApacheHttpClient.builder()
                                .maxConnections(maxConcurrency)
                                .connectionTimeout(CONNECT)
                                .connectionAcquisitionTimeout(CALL)
                                .socketTimeout(ATTEMPT)
                                .tcpKeepAlive(true))
                .build();
    }
}
