package io.sluice.local.bedrock;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** Unmodified SDK clients and the request they send. */
final class Sdk {

    static final String HAIKU = "us.anthropic.claude-3-5-haiku-20241022-v1:0";

    /** Shared, because each group takes two seconds to end. */
    private static final SdkEventLoopGroup EVENT_LOOPS =
            SdkEventLoopGroup.builder().numberOfThreads(2).build();

    private Sdk() {}

    static BedrockRuntimeAsyncClient client(URI endpoint, Protocol protocol) {
        return client(endpoint, protocol, Region.US_EAST_1);
    }

    static BedrockRuntimeAsyncClient client(URI endpoint, Protocol protocol, Region region) {
        return BedrockRuntimeAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder()
                                .eventLoopGroup(EVENT_LOOPS)
                                .protocol(protocol)
                                .maxConcurrency(3000)
                                .maxPendingConnectionAcquires(10_000)
                                .connectionAcquisitionTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    static ConverseRequest ask(String model, String prompt, int maxTokens) {
        return ConverseRequest.builder()
                .modelId(model)
                .messages(
                        Message.builder()
                                .role(ConversationRole.USER)
                                .content(ContentBlock.fromText(prompt))
                                .build())
                .inferenceConfig(c -> c.maxTokens(maxTokens))
                .build();
    }
}
