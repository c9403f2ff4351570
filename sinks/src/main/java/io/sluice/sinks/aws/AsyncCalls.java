package io.sluice.sinks.aws;

import software.amazon.awssdk.core.client.config.ClientAsyncConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * How the asynchronous clients of a subtask run: one event loop each, which also runs what follows
 * a call. A subtask has about one core; more threads only hand each call from one to the next.
 */
public final class AsyncCalls {
    private static final int THREADS = 1;

    private AsyncCalls() {}

    /** An HTTP client with an event loop of its own. */
    public static NettyNioAsyncHttpClient.Builder http() {
        return NettyNioAsyncHttpClient.builder()
                .eventLoopGroupBuilder(SdkEventLoopGroup.builder().numberOfThreads(THREADS));
    }

    /** What follows a call runs on the event loop: it must not block. */
    public static void completeInPlace(ClientAsyncConfiguration.Builder configuration) {
        configuration.advancedOption(
                SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run);
    }
}
