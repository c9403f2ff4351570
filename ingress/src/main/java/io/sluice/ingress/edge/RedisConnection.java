package io.sluice.ingress.edge;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One connection to Redis or Valkey, made when first needed and made again by itself. While it is
 * down, commands fail at once and do not queue up. Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final int MOST_IN_FLIGHT = 2_000;

    private final RedisClient client;
    private final RedisURI uri;
    private CompletableFuture<StatefulRedisConnection<String, byte[]>>
            connection; // guarded by this

    RedisConnection(String url) {
        this.uri = uri(url);
        this.client = RedisClient.create();
        client.setOptions(
                ClientOptions.builder()
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        .requestQueueSize(MOST_IN_FLIGHT)
                        .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).build())
                        .build());
        this.connection = connect();
    }

    private static RedisURI uri(String url) {
        try {
            return RedisURI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "SLUICE_REDIS_URL is not the URL of a Redis, expected one such as"
                            + " redis://host:6379 or rediss://user:password@host:6380/0",
                    e);
        }
    }

    /** What commands are sent by; fails if there is no connection. */
    synchronized CompletableFuture<RedisAsyncCommands<String, byte[]>> commands() {
        if (connection.isCompletedExceptionally()) {
            connection = connect();
        }
        return connection.thenApply(StatefulRedisConnection::async);
    }

    private CompletableFuture<StatefulRedisConnection<String, byte[]>> connect() {
        return client.connectAsync(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), uri)
                .toCompletableFuture();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
