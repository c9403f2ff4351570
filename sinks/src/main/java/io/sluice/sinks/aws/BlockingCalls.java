package io.sluice.sinks.aws;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * Short calls of a service on a bounded number of threads. The SDK's blocking clients take half the
 * processor time of the asynchronous ones (measured, see benchmarks/README.md), and calls of
 * milliseconds need few threads: 8 of 5 ms each are 1,600 a second. When more calls come than a
 * slow service takes, tenants take turns: a flood waits behind itself. Thread-safe.
 */
public final class BlockingCalls implements AutoCloseable {
    private final ExecutorService threads;
    private final Turns<Runnable> waiting = new Turns<>();

    /** {@code most} calls at once; more wait. Threads start when they are first needed. */
    public BlockingCalls(String name, int most) {
        this.threads = StoreThreads.of(name, most);
    }

    /**
     * Makes the call; completes, on one of the threads, as the call ends.
     *
     * @param line whose call it is: it waits behind earlier ones of the same, and for one of each
     *     other
     * @param stage ends of the line go before its starts
     */
    public <T> CompletableFuture<T> call(String line, Stage stage, Supplier<T> call) {
        CompletableFuture<T> end = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.add(line, stage, () -> complete(end, call));
        }
        threads.execute(this::makeNext);
        return end;
    }

    /** Interrupts calls under way and forgets those that wait: their futures may never complete. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** As often as calls came, so that there is always one. */
    private void makeNext() {
        Runnable next;
        synchronized (waiting) {
            next = waiting.next();
        }
        next.run();
    }

    private static <T> void complete(CompletableFuture<T> end, Supplier<T> call) {
        T answer;
        try {
            answer = call.get();
        } catch (Throwable e) {
            end.completeExceptionally(new CompletionException(e));
            return;
        }
        end.complete(answer);
    }
}
