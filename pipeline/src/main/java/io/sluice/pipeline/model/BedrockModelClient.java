package io.sluice.pipeline.model;

import io.sluice.sinks.aws.AsyncCalls;
import io.sluice.sinks.aws.AwsAccess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/**
 * Models behind Amazon Bedrock's Converse, in each region that is asked for through a client of its
 * own. All share one HTTP client, whose bound on connections holds per region's host.
 *
 * <p>The SDK's own retries are off: each would be an attempt that is paid for and that nobody
 * counts. Its timeouts are those of the longest generation, because a call given up is paid for as
 * well. One call has one HTTP/1.1 connection to itself: where many share an HTTP/2 connection, the
 * loss of that connection loses them all.
 */
final class BedrockModelClient implements ModelClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /**
     * For a connection that is free or new. There are as many as calls at once, so whoever waits
     * longer waits for the network; well below a call's own timeout, after which nobody could tell
     * whether the call was sent.
     */
    private static final Duration ACQUIRE = Duration.ofSeconds(30);

    private final AwsAccess access;
    private final Duration longestGeneration;
    private final SdkAsyncHttpClient http;
    private final Map<String, BedrockRuntimeAsyncClient> clients = new ConcurrentHashMap<>();

    private BedrockModelClient(AwsAccess access, Duration longestGeneration, int maxConcurrency) {
        this.access = access;
        this.longestGeneration = longestGeneration;
        this.http =
                AsyncCalls.http()
                        .protocol(Protocol.HTTP1_1)
                        .maxConcurrency(maxConcurrency)
                        .maxPendingConnectionAcquires(Integer.MAX_VALUE)
                        .connectionTimeout(CONNECT)
                        .connectionAcquisitionTimeout(ACQUIRE)
                        .readTimeout(longestGeneration)
                        .writeTimeout(longestGeneration)
                        .tcpKeepAlive(true)
                        .build();
    }

    /**
     * Calls models there; what names a region of its own, in that region.
     *
     * @param longestGeneration after which a call counts as lost
     */
    static Factory at(AwsAccess access, Duration longestGeneration) {
        return maxConcurrency -> new BedrockModelClient(access, longestGeneration, maxConcurrency);
    }

    @Override
    public CompletableFuture<ModelReply> converse(ModelCall call) {
        ConverseRequest request;
        try {
            request = ConverseMapping.request(call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(BedrockFailures.unsent(e, call));
        }
        try {
            String region = call.target().orIn(access.region()).region();
            return clients.computeIfAbsent(String.valueOf(region), this::open)
                    .converse(request)
                    .thenApply(response -> reply(response, call))
                    .exceptionally(
                            failure -> {
                                throw new CompletionException(
                                        BedrockFailures.toException(failure, call));
                            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(BedrockFailures.toException(e, call));
        }
    }

    private static ModelReply reply(ConverseResponse response, ModelCall call) {
        try {
            return ConverseMapping.reply(response, call.model());
        } catch (RuntimeException e) {
            throw BedrockFailures.unreadable(e, call);
        }
    }

    @Override
    public void close() {
        clients.values().forEach(BedrockRuntimeAsyncClient::close);
        http.close();
    }

    private BedrockRuntimeAsyncClient open(String region) {
        return access.in(region)
                .apply(BedrockRuntimeAsyncClient.builder())
                .asyncConfiguration(AsyncCalls::completeInPlace)
                .overrideConfiguration(
                        settings ->
                                settings.retryStrategy(AwsRetryStrategy.doNotRetry())
                                        .apiCallTimeout(longestGeneration)
                                        .apiCallAttemptTimeout(longestGeneration))
                .httpClient(http)
                .build();
    }
}
