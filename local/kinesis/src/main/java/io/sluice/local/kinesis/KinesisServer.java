package io.sluice.local.kinesis;

import io.sluice.local.kinesis.api.Account;
import io.sluice.local.kinesis.api.KinesisApi;
import io.sluice.local.kinesis.http.HttpFrontend;
import io.sluice.local.kinesis.http.Subscriptions;
import io.sluice.local.kinesis.storage.DataDirectory;
import io.sluice.local.kinesis.storage.Durability;
import io.sluice.local.kinesis.stream.Environment;
import io.sluice.local.kinesis.stream.Streams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded Kinesis Data Streams on the loopback address.
 *
 * <p>One port takes HTTP/1.1 and cleartext HTTP/2 with prior knowledge, which is what AWS clients
 * use on {@code http://} endpoints. Requests must carry an Authorization header; signatures are not
 * verified. Records, streams and consumers survive the end of the process at any moment; for the
 * loss of power as well, choose {@link Durability#MACHINE}.
 *
 * <p>Thread-safe.
 */
public final class KinesisServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long TRIM_MILLIS = 60_000;
    private static final long WAIT_SECONDS = 20;
    private static final int WINDOW_BYTES = 16 * 1024 * 1024;

    private final Vertx vertx;
    private final HttpServer server;
    private final Subscriptions subscriptions;
    private final Streams streams;
    private final DataDirectory directory;
    private final Faults faults;

    private KinesisServer(
            Vertx vertx,
            HttpServer server,
            Subscriptions subscriptions,
            Streams streams,
            DataDirectory directory,
            Faults faults) {
        this.vertx = vertx;
        this.server = server;
        this.subscriptions = subscriptions;
        this.streams = streams;
        this.directory = directory;
        this.faults = faults;
    }

    /**
     * Opens the data directory and listens.
     *
     * @throws IOException if the directory is in use or unreadable, or the port is taken
     */
    public static KinesisServer start(Settings settings) throws IOException {
        DataDirectory directory = DataDirectory.open(settings.dataDirectory());
        try {
            return start(settings, directory);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static KinesisServer start(Settings settings, DataDirectory directory)
            throws IOException {
        Faults faults = new Faults();
        boolean limited = settings.limits() == Limits.AWS;
        Streams streams =
                new Streams(
                        new Environment(
                                directory,
                                settings.clock(),
                                limited,
                                settings.segmentBytes(),
                                settings.durability(),
                                faults));
        Vertx vertx = vertx();
        Subscriptions subscriptions = new Subscriptions(vertx, settings.clock(), limited);
        faults.onDropSubscriptions(subscriptions::drop);
        Account account = new Account(settings.region(), settings.accountId());
        HttpFrontend frontend =
                new HttpFrontend(
                        vertx,
                        new KinesisApi(streams, account, subscriptions::endOf),
                        subscriptions,
                        faults::nextCall,
                        settings.durability() == Durability.PROCESS,
                        settings.clock().millis());
        HttpServer server =
                vertx.createHttpServer(options(settings)).requestHandler(frontend::handle);
        try {
            await(server.listen());
        } catch (IOException e) {
            await(vertx.close());
            streams.close();
            throw e;
        }
        vertx.setPeriodic(
                TRIM_MILLIS,
                id ->
                        vertx.executeBlocking(
                                () -> {
                                    streams.trim();
                                    return null;
                                },
                                false));
        return new KinesisServer(vertx, server, subscriptions, streams, directory, faults);
    }

    private static Vertx vertx() {
        return Vertx.vertx(
                new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(4)
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setFileCachingEnabled(false)
                                        .setClassPathResolvingEnabled(false)));
    }

    private static HttpServerOptions options(Settings settings) {
        return new HttpServerOptions()
                .setHost(LOOPBACK)
                .setPort(settings.port())
                .setHttp2ClearTextEnabled(true)
                .setHttp2ConnectionWindowSize(WINDOW_BYTES)
                .setInitialSettings(
                        new Http2Settings()
                                .setInitialWindowSize(WINDOW_BYTES)
                                .setMaxConcurrentStreams(1000));
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the server started or closed", e);
        } catch (ExecutionException e) {
            throw new IOException("The server could not start or close: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "The server did not start or close within " + WAIT_SECONDS + " s", e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** The base URL for clients. */
    public URI endpoint() {
        return URI.create("http://" + LOOPBACK + ":" + port());
    }

    /** Failures to order, for tests. */
    public Faults faults() {
        return faults;
    }

    /** How many SubscribeToShard calls are being served. */
    public int liveSubscriptions() {
        return subscriptions.count();
    }

    /** Deletes what retention has expired now rather than within a minute. */
    public void trim() {
        streams.trim();
    }

    /** Ends subscriptions, stops listening and gives the directory back. */
    @Override
    public void close() throws IOException {
        subscriptions.drop();
        try {
            await(server.close());
            await(vertx.close());
        } finally {
            streams.close();
            directory.close();
        }
    }
}
