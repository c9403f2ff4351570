package io.sluice.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * People who look at the dashboard: each holds one live stream of a view, as a browser does, and
 * opens the next when the server ends it. Counts what they get; all on one event loop.
 */
final class DashboardViewers implements AutoCloseable {
    private static final long REOPEN_MILLIS = 200;
    private static final byte LINE_END = '\n';

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context eventLoop = vertx.getOrCreateContext();
    private final HttpClient client;
    private final URI api;
    private final List<Viewer> viewers = new ArrayList<>();
    private final Map<Integer, Long> refused = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** One stream for each key: the administrator's shows the fleet, a tenant's that tenant. */
    DashboardViewers(String api, List<String> keys) {
        this.api = URI.create(api);
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions(),
                        new PoolOptions().setHttp1MaxSize(keys.size()).setEventLoopSize(1));
        keys.forEach(key -> viewers.add(new Viewer(key)));
        eventLoop.runOnContext(now -> viewers.forEach(this::open));
    }

    /**
     * What viewers got since they were last asked.
     *
     * @param viewers how many there are
     * @param snapshots all that came
     * @param fewest of one viewer
     * @param longestGapMillis between two of one viewer, or from one until now
     * @param refused answers other than 200 by status, since the start; 0 stands for none
     */
    record Seen(
            int viewers,
            long snapshots,
            long fewest,
            long longestGapMillis,
            Map<Integer, Long> refused) {}

    /** What they got since the last call of this, or since the start. */
    Seen seen() throws InterruptedException {
        List<Seen> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        eventLoop.runOnContext(
                now -> {
                    seen.add(count());
                    done.countDown();
                });
        done.await();
        return seen.get(0);
    }

    private Seen count() {
        long now = System.nanoTime();
        long all = 0;
        long fewest = Long.MAX_VALUE;
        long longest = 0;
        for (Viewer viewer : viewers) {
            all += viewer.snapshots;
            fewest = Math.min(fewest, viewer.snapshots);
            longest = Math.max(longest, Math.max(viewer.longestGap, now - viewer.last));
            viewer.snapshots = 0;
            viewer.longestGap = 0;
        }
        return new Seen(
                viewers.size(),
                all,
                fewest,
                TimeUnit.NANOSECONDS.toMillis(longest),
                Map.copyOf(refused));
    }

    private void open(Viewer viewer) {
        if (closed) {
            return;
        }
        client.request(
                        new RequestOptions()
                                .setHost(api.getHost())
                                .setPort(api.getPort())
                                .setURI("/v1/dashboard/stream?range=hour")
                                .putHeader("Accept", "text/event-stream")
                                .putHeader("Authorization", "Bearer " + viewer.key))
                .compose(request -> request.send())
                .onSuccess(answer -> listen(viewer, answer))
                .onFailure(failure -> refuse(viewer, 0));
    }

    private void listen(Viewer viewer, HttpClientResponse answer) {
        if (answer.statusCode() != 200) {
            refuse(viewer, answer.statusCode());
            return;
        }
        answer.handler(
                chunk -> {
                    for (int i = 0; i < chunk.length(); i++) {
                        viewer.took(chunk.getByte(i));
                    }
                });
        answer.exceptionHandler(failure -> refuse(viewer, 0));
        answer.endHandler(ended -> open(viewer));
    }

    private void refuse(Viewer viewer, int status) {
        if (!closed) {
            refused.merge(status, 1L, Long::sum);
            vertx.setTimer(REOPEN_MILLIS, again -> open(viewer));
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the viewers did not stop", e);
        }
    }

    /** One of them; touched by the event loop alone. An empty line ends an event. */
    private static final class Viewer {
        private final String key;
        private long snapshots;
        private long last = System.nanoTime();
        private long longestGap;
        private byte before;

        private Viewer(String key) {
            this.key = key;
        }

        private void took(byte next) {
            if (next == LINE_END && before == LINE_END) {
                long now = System.nanoTime();
                snapshots++;
                longestGap = Math.max(longestGap, now - last);
                last = now;
                before = 0;
            } else {
                before = next;
            }
        }
    }
}
