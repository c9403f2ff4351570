package io.sluice.ingress.result;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.contract.ResultItem;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for results. All who wait share batched reads of the table; who waits for the same result
 * shares one key. Young requests are read every 40 ms, older ones ever less often, up to every 250
 * ms or, when more than 125 wait, so that they read 500 keys a second together: a system that has
 * fallen behind is not asked more for it. Thread-safe: everything below happens on one thread of
 * its own.
 */
@Singleton
public final class ResultWaiter {
    private static final Logger LOG = LoggerFactory.getLogger(ResultWaiter.class);
    private static final long TICK_MILLIS = 20;
    private static final long FIRST_MILLIS = 40;
    private static final long MOST_MILLIS = 250;
    private static final long MILLIS_PER_WAITING = 2;
    private static final long AFTER_FAILURE_MILLIS = 150;
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_READS_IN_FLIGHT = 4;

    private static final class Wanted {
        final List<CompletableFuture<Optional<ResultItem>>> waiting = new ArrayList<>(1);
        final long sinceNanos;
        long dueNanos;
        boolean reading;

        Wanted(long nowNanos) {
            this.sinceNanos = nowNanos;
            this.dueNanos = nowNanos + millis(FIRST_MILLIS);
        }

        boolean isAbandoned() {
            return !reading && waiting.stream().allMatch(CompletableFuture::isDone);
        }
    }

    private final ResultStore store;
    private final Ticker ticker;
    private final DistributionSummary batchSizes;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(ResultWaiter::daemon);
    private final Map<ResultKey, Wanted> wanted = new HashMap<>();
    private int readsInFlight;
    private boolean ticking;

    ResultWaiter(ResultStore store, Ticker ticker, MeterRegistry meters) {
        this.store = store;
        this.ticker = ticker;
        this.batchSizes = meters.summary("sluice.waiter.batch.keys");
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "result-waiter");
        thread.setDaemon(true);
        return thread;
    }

    /** The result when it is there; empty when the time is over or too many wait already. */
    public CompletableFuture<Optional<ResultItem>> await(
            String tenantId, String requestId, Duration time) {
        CompletableFuture<Optional<ResultItem>> answer = new CompletableFuture<>();
        enqueue(() -> add(new ResultKey(tenantId, requestId), answer));
        return answer.completeOnTimeout(Optional.empty(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("waiting for results failed; who waits is told when the time is over", e);
            }
        };
    }

    private void enqueue(Runnable work) {
        try {
            thread.execute(guarded(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("stopping: nobody waits for results any more");
        }
    }

    /** Lets everybody go without a result. */
    @PreDestroy
    void close() {
        enqueue(
                () -> {
                    wanted.values().forEach(w -> answer(w, Optional.empty()));
                    wanted.clear();
                    thread.shutdownNow();
                });
    }

    private void add(ResultKey key, CompletableFuture<Optional<ResultItem>> answer) {
        if (wanted.size() >= MOST_WAITING && !wanted.containsKey(key)) {
            answer.complete(Optional.empty());
            return;
        }
        wanted.computeIfAbsent(key, k -> new Wanted(ticker.read())).waiting.add(answer);
        tickLater();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // guarded
    private void tickLater() {
        if (!ticking && !wanted.isEmpty() && !thread.isShutdown()) {
            ticking = true;
            thread.schedule(guarded(this::tick), TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        ticking = false;
        wanted.values().removeIf(Wanted::isAbandoned);
        long now = ticker.read();
        Set<ResultKey> batch = new LinkedHashSet<>();
        for (Map.Entry<ResultKey, Wanted> entry : wanted.entrySet()) {
            if (readsInFlight >= MOST_READS_IN_FLIGHT) {
                break;
            }
            Wanted one = entry.getValue();
            if (!one.reading && one.dueNanos - now <= 0) {
                one.reading = true;
                batch.add(entry.getKey());
                if (batch.size() == ResultStore.MOST_KEYS) {
                    read(batch);
                    batch = new LinkedHashSet<>();
                }
            }
        }
        if (!batch.isEmpty()) {
            read(batch);
        }
        tickLater();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // guarded
    private void read(Set<ResultKey> keys) {
        readsInFlight++;
        batchSizes.record(keys.size());
        store.find(keys)
                .whenComplete((found, failure) -> enqueue(() -> settle(keys, found, failure)));
    }

    private void settle(
            Set<ResultKey> keys, ResultStore.@Nullable Found found, @Nullable Throwable failure) {
        readsInFlight--;
        if (failure != null) {
            LOG.warn("{} results could not be read; they are read again", keys.size(), failure);
        }
        long now = ticker.read();
        for (ResultKey key : keys) {
            Wanted one = wanted.get(key);
            if (one == null) {
                continue;
            }
            one.reading = false;
            ResultItem item = found == null ? null : found.items().get(key);
            if (item != null) {
                wanted.remove(key);
                answer(one, Optional.of(item));
            } else {
                boolean unread = found == null || found.unread().contains(key);
                one.dueNanos =
                        now
                                + (unread
                                        ? millis(AFTER_FAILURE_MILLIS)
                                        : pauseNanos(now - one.sinceNanos, wanted.size()));
            }
        }
        tickLater();
    }

    /** A quarter of the age, within bounds; the upper one grows with the number that wait. */
    static long pauseNanos(long ageNanos, int waiting) {
        long most = millis(Math.max(MOST_MILLIS, waiting * MILLIS_PER_WAITING));
        return Math.min(most, Math.max(millis(FIRST_MILLIS), ageNanos / 4));
    }

    private static void answer(Wanted wanted, Optional<ResultItem> result) {
        wanted.waiting.forEach(w -> w.complete(result));
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
