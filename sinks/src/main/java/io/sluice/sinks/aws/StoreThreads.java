package io.sluice.sinks.aws;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for blocking calls of a store: so many, named after it, none of which keeps a JVM up. */
public final class StoreThreads {
    private StoreThreads() {}

    /** {@code most} threads, each started when it is first needed; the caller ends them. */
    public static ExecutorService of(String name, int most) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                most,
                work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
