package io.sluice.ingress.aws;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * The one thread that carries the calls of the asynchronous clients; thousands a second. Ends after
 * them and at once: their connections are closed by then, where the loop that a client makes for
 * itself waits two seconds for more work, one client after the other.
 */
@Singleton
final class EventLoop {
    private static final long STOP_SECONDS = 2;

    private final SdkEventLoopGroup group = SdkEventLoopGroup.builder().numberOfThreads(1).build();

    /** For a client, which does not close it. */
    SdkEventLoopGroup group() {
        return group;
    }

    @PreDestroy
    void stop() {
        group.eventLoopGroup()
                .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly();
    }
}
