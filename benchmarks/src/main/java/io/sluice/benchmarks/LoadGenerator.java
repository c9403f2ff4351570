package io.sluice.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Submits at a fixed rate over keep-alive connections of one event loop: it shares the machine with
 * what it measures, so it must cost little.
 */
final class LoadGenerator implements AutoCloseable {
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(5);
    private static final int CONNECTIONS = 512;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context eventLoop = vertx.getOrCreateContext();
    private final HttpClient client;
    private final URI api;
    private final List<Tenant> tenants;

    /**
     * Whose submissions.
     *
     * @param id tenant id
     * @param key API key
     */
    record Tenant(String id, String key) {}

    /**
     * What to do.
     *
     * @param perSecond calls started each second
     * @param warmUpSeconds at the same rate, not counted
     * @param seconds counted
     * @param waitSeconds how long each call waits for the final answer; 0 not at all
     * @param expectedStatus of a good answer; others are counted, but their latency is not
     */
    record Load(
            int perSecond, int warmUpSeconds, int seconds, int waitSeconds, int expectedStatus) {}

    LoadGenerator(String api, List<Tenant> tenants) {
        this.api = URI.create(api);
        this.tenants = List.copyOf(tenants);
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setTcpNoDelay(true).setKeepAliveTimeout(300),
                        new PoolOptions()
                                .setHttp1MaxSize(CONNECTIONS)
                                .setMaxWaitQueueSize(-1)
                                .setEventLoopSize(1));
    }

    /** Runs a load and waits until every call of it was answered or failed. */
    LoadResult run(Load load, Supplier<String> bodies) throws InterruptedException {
        if (load.warmUpSeconds() > 0) {
            once(load, load.warmUpSeconds(), bodies);
        }
        return once(load, load.seconds(), bodies);
    }

    private LoadResult once(Load load, int seconds, Supplier<String> bodies)
            throws InterruptedException {
        // Written by the one event loop, read after the phaser's last arrival.
        Histogram latencies = new Histogram(HIGHEST_MICROS, 3);
        Map<Integer, Long> statuses = new ConcurrentHashMap<>();
        List<LoadResult.Acknowledged> acknowledged =
                Collections.synchronizedList(new ArrayList<>());
        Phaser open = new Phaser(1);
        OpenLoop.run(
                load.perSecond(),
                seconds,
                (call, intended) -> {
                    open.register();
                    Tenant tenant = tenants.get(call % tenants.size());
                    Buffer body = Buffer.buffer(bodies.get());
                    // On the event loop: seen from another thread, an answer may be over before
                    // anybody listens for its body.
                    eventLoop.runOnContext(
                            now ->
                                    submit(tenant, load.waitSeconds(), body)
                                            .onComplete(
                                                    done -> {
                                                        int status =
                                                                done.succeeded()
                                                                        ? done.result().statusCode()
                                                                        : 0;
                                                        statuses.merge(status, 1L, Long::sum);
                                                        if (status == load.expectedStatus()) {
                                                            record(latencies, intended);
                                                            acknowledged.add(
                                                                    owed(tenant, done.result()));
                                                        }
                                                        open.arriveAndDeregister();
                                                    }));
                });
        try {
            open.awaitAdvanceInterruptibly(open.arrive(), 2, TimeUnit.MINUTES);
        } catch (TimeoutException e) {
            statuses.merge(0, (long) open.getUnarrivedParties(), Long::sum);
        }
        return new LoadResult(latencies, statuses, List.copyOf(acknowledged));
    }

    private Future<HttpClientResponse> submit(Tenant tenant, int waitSeconds, Buffer body) {
        return client.request(request(tenant, waitSeconds))
                .compose(request -> request.send(body))
                .compose(answer -> answer.body().map(read -> answer));
    }

    private RequestOptions request(Tenant tenant, int waitSeconds) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(api.getHost())
                        .setPort(api.getPort())
                        .setURI("/v1/requests")
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Authorization", "Bearer " + tenant.key());
        return waitSeconds == 0 ? options : options.putHeader("Prefer", "wait=" + waitSeconds);
    }

    private static void record(Histogram latencies, long intended) {
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - intended);
        latencies.recordValue(Math.min(Math.max(micros, 0), HIGHEST_MICROS));
    }

    private static LoadResult.Acknowledged owed(Tenant tenant, HttpClientResponse answer) {
        String location = answer.getHeader("Location");
        return new LoadResult.Acknowledged(
                tenant.id(),
                location == null ? "" : location.substring(location.lastIndexOf('/') + 1));
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the load generator did not stop", e);
        }
    }
}
