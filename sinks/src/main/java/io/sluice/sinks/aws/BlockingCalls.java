package io.sluice.sinks.aws;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Short calls of a service on a bounded number of threads. The SDK's blocking clients take half the
 * processor time of the asynchronous ones (measured, see benchmarks/README.md), and calls of
 * milliseconds need few threads: 16 of 5 ms each are 3,200 a second. Thread-safe.
 */
public final class BlockingCalls implements AutoCloseable {
    private final ExecutorService threads;

    /** {@code most} calls at once; more wait. Threads start when they are first needed. */
    public BlockingCalls(String name, int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory =
                work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                };
        this.threads = Executors.newFixedThreadPool(most, factory);
    }

    /** Makes the call; completes, on one of the threads, as the call ends. */
    public <T> CompletableFuture<T> call(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, threads);
    }

    /** Interrupts calls under way and forgets those that wait: their futures may never complete. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
