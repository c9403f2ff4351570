package io.sluice.local.bedrock;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Bedrock runtime endpoint on the loopback address: {@code POST /model/{id}/converse} over
 * HTTP/1.1 and h2c on one port, with no signature check. One event loop serves everything; waiting
 * calls are timers, so thousands may wait at once.
 *
 * <pre>{@code
 * try (BedrockServer bedrock = BedrockServer.start(Settings.in(dataDir))) {
 *     client.endpointOverride(bedrock.endpoint());
 * }
 * }</pre>
 */
public final class BedrockServer implements AutoCloseable {

    private static final long START_STOP_SECONDS = 20;

    private final Vertx vertx;
    private final int port;
    private final CallLog calls;

    private BedrockServer(Vertx vertx, int port, CallLog calls) {
        this.vertx = vertx;
        this.port = port;
        this.calls = calls;
    }

    /**
     * Starts a server that goes on with the counts and behaviours in the data directory.
     *
     * @throws IOException when the files cannot be read or the port is taken
     */
    public static BedrockServer start(Settings settings) throws IOException {
        Files.createDirectories(settings.dataDir());
        BehaviorBook behaviors = new BehaviorBook(settings);
        AnswerSizes sizes = new AnswerSizes(settings.dataDir());
        QuotaBook quotas =
                new QuotaBook(
                        settings.dataDir(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        CallLog calls = new CallLog(settings.dataDir().resolve("calls.log"));
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setWorkerPoolSize(1)
                                .setInternalBlockingPoolSize(1)
                                .setFileSystemOptions(
                                        new FileSystemOptions()
                                                .setClassPathResolvingEnabled(false)
                                                .setFileCachingEnabled(false)));
        try {
            ConverseHandler converse =
                    new ConverseHandler(vertx, new KnownModels(), calls, behaviors, sizes, quotas);
            Routes routes =
                    new Routes(
                            converse,
                            new SteeringHandler(calls, behaviors, sizes, converse),
                            new QuotaHandler(quotas));
            HttpServer http =
                    await(
                            vertx.createHttpServer(options())
                                    .requestHandler(routes::handle)
                                    .listen(settings.port(), "127.0.0.1"));
            return new BedrockServer(vertx, http.actualPort(), calls);
        } catch (IOException | RuntimeException e) {
            vertx.close();
            calls.close();
            throw e;
        }
    }

    /** The TCP port. */
    public int port() {
        return port;
    }

    /** The endpoint to give to a client. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Stops taking calls and drops the waiting ones. */
    @Override
    public void close() throws IOException {
        await(vertx.close());
        calls.close();
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(true)
                .setAcceptBacklog(4096)
                .setInitialSettings(
                        new Http2Settings()
                                .setMaxConcurrentStreams(4096)
                                .setInitialWindowSize(1 << 20));
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws IOException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(START_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting or stopping", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot start or stop: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no start or stop within " + START_STOP_SECONDS + " s", e);
        }
    }
}
