package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How much the machine's cores do at that moment, with all of them busy: a virtual machine's cores
 * may be shared, and then the same run gives half the figures an hour later. Without this, two runs
 * cannot be compared.
 */
final class ProcessorCheck {
    private static final long NANOS = 1_000_000_000L;
    private static final int STEPS_AT_A_TIME = 1_000_000;

    private final List<Long> seen = new ArrayList<>();

    /** Takes a sample, a second long. */
    void sample() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(cores);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int core = 0; core < cores; core++) {
                counts.add(threads.submit(ProcessorCheck::millionSteps));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            seen.add(sum);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the processor check failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** All samples as a row of the report. */
    Row row() {
        return Row.reference(
                "the processor, a fixed loop on all cores at once for a second, million steps: before,"
                        + " and after each measurement",
                seen.stream().map(String::valueOf).reduce((a, b) -> a + ", " + b).orElse("none"));
    }

    private static long millionSteps() {
        long start = System.nanoTime();
        long state = start | 1;
        long millions = 0;
        while (System.nanoTime() - start < NANOS || state == 0) {
            for (int step = 0; step < STEPS_AT_A_TIME; step++) { // xorshift: never becomes 0
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
            }
            millions++;
        }
        return millions;
    }
}
