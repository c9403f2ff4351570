package io.sluice.sinks.aws;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * An HTTP client with an event loop of its own that ends with it, and at once: all connections are
 * closed by then. The loop that the SDK makes waits two seconds for more work, and a job that is
 * started anew waits with it.
 */
final class LoopedHttpClient implements SdkAsyncHttpClient {
    private static final long STOP_SECONDS = 2;

    private final SdkAsyncHttpClient http;
    private final SdkEventLoopGroup loop;

    private LoopedHttpClient(SdkAsyncHttpClient http, SdkEventLoopGroup loop) {
        this.http = http;
        this.loop = loop;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        return http.execute(request);
    }

    @Override
    public String clientName() {
        return http.clientName();
    }

    @Override
    public void close() {
        http.close();
        loop.eventLoopGroup()
                .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly();
    }

    /** Makes such clients. */
    static final class Builder implements SdkAsyncHttpClient.Builder<Builder> {
        private final NettyNioAsyncHttpClient.Builder settings;
        private final int threads;

        Builder(NettyNioAsyncHttpClient.Builder settings, int threads) {
            this.settings = settings;
            this.threads = threads;
        }

        @Override
        public SdkAsyncHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
            SdkEventLoopGroup loop = SdkEventLoopGroup.builder().numberOfThreads(threads).build();
            return new LoopedHttpClient(
                    settings.eventLoopGroup(loop).buildWithDefaults(serviceDefaults), loop);
        }
    }
}
