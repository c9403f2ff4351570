package io.sluice.local.cloudwatch;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A CloudWatch metrics endpoint on the loopback address: PutMetricData, GetMetricData,
 * GetMetricStatistics and ListMetrics, dashboards and alarms, in AWS Query, Smithy RPC v2 CBOR and
 * awsJson1.0, with no signature check. Data is kept per metric and minute; one event loop serves
 * everything.
 */
public final class CloudWatchServer implements AutoCloseable {

    private static final long START_STOP_SECONDS = 20;

    private final Vertx vertx;
    private final int port;
    private final MetricFiles files;

    private CloudWatchServer(Vertx vertx, int port, MetricFiles files) {
        this.vertx = vertx;
        this.port = port;
        this.files = files;
    }

    /**
     * Starts a server with the data in its directory.
     *
     * @throws IOException when the files cannot be read or the port is taken
     */
    public static CloudWatchServer start(Settings settings) throws IOException {
        Files.createDirectories(settings.dataDir());
        MetricStore store = new MetricStore();
        long nowMillis = settings.clock().millis();
        MetricFiles files =
                new MetricFiles(
                        settings.dataDir(),
                        settings.retention(),
                        nowMillis / 86_400_000L,
                        store::add);
        store.dropBefore(nowMillis / 60_000L - settings.retention().toMinutes());
        Dashboards dashboards =
                new Dashboards(NamedDocuments.open(settings.dataDir().resolve("dashboards.json")));
        Alarms alarms =
                new Alarms(NamedDocuments.open(settings.dataDir().resolve("alarms.json")), store);
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
            Routes routes =
                    new Routes(
                            new Operations(
                                    store,
                                    files,
                                    dashboards,
                                    alarms,
                                    settings.clock(),
                                    settings.retention()));
            HttpServer http =
                    await(
                            vertx.createHttpServer()
                                    .requestHandler(routes::handle)
                                    .listen(settings.port(), "127.0.0.1"));
            return new CloudWatchServer(vertx, http.actualPort(), files);
        } catch (IOException | RuntimeException e) {
            vertx.close();
            files.close();
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

    /** Stops taking calls. */
    @Override
    public void close() throws IOException {
        await(vertx.close());
        files.close();
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
