package io.sluice.ingress.aws;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.sluice.ingress.stream.WriterSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientAsyncConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The clients of Kinesis and DynamoDB. Region, credentials and endpoints come from the SDK's
 * standard settings, such as {@code AWS_REGION} and {@code AWS_ENDPOINT_URL_KINESIS}.
 */
@Factory
final class AwsClients {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ATTEMPT = Duration.ofSeconds(3);

    /**
     * Appends events. Does not retry: the writer does, record by record, and must know what
     * happened to each call. Blocking, because a few threads carry all batches and a blocking call
     * costs half the processor time of an asynchronous one (benchmarks/README.md).
     */
    @Singleton
    @Bean(preDestroy = "close")
    KinesisClient appends(WriterSettings settings) {
        return KinesisClient.builder()
                .httpClientBuilder(
                        ApacheHttpClient.builder()
                                .maxConnections(settings.callsInFlight())
                                .connectionTimeout(CONNECT)
                                .socketTimeout(ATTEMPT)
                                .tcpKeepAlive(true))
                .overrideConfiguration(
                        c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(ATTEMPT))
                .build();
    }

    /** Asks how the stream is. */
    @Singleton
    @Bean(preDestroy = "close")
    KinesisAsyncClient kinesis(EventLoop loop) {
        return KinesisAsyncClient.builder()
                .asyncConfiguration(AwsClients::completeInPlace)
                // Nothing streams here, and plain HTTP does not tell that it speaks HTTP/2.
                .httpClientBuilder(http(loop).protocol(Protocol.HTTP1_1))
                .overrideConfiguration(
                        c ->
                                c.retryStrategy(AwsRetryStrategy.doNotRetry())
                                        .apiCallAttemptTimeout(ATTEMPT)
                                        .apiCallTimeout(ATTEMPT))
                .build();
    }

    /** Retries briefly: everything read or written here repeats without effect. */
    @Singleton
    @Bean(preDestroy = "close")
    DynamoDbAsyncClient dynamoDb(EventLoop loop) {
        return DynamoDbAsyncClient.builder()
                .asyncConfiguration(AwsClients::completeInPlace)
                .httpClientBuilder(http(loop))
                .overrideConfiguration(
                        c ->
                                c.retryStrategy(r -> r.maxAttempts(3))
                                        .apiCallAttemptTimeout(ATTEMPT)
                                        .apiCallTimeout(Duration.ofSeconds(8)))
                .build();
    }

    /** What follows a call never blocks, so it needs no thread of its own. */
    private static void completeInPlace(ClientAsyncConfiguration.Builder configuration) {
        configuration.advancedOption(
                SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run);
    }

    private static NettyNioAsyncHttpClient.Builder http(EventLoop loop) {
        return NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(loop.group())
                .maxConcurrency(64)
                .maxPendingConnectionAcquires(10_000)
                .connectionTimeout(CONNECT)
                .connectionAcquisitionTimeout(Duration.ofSeconds(3));
    }
}
