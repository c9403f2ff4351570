package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Samples the resident memory of a process and all its descendants once a second (VmRSS of {@code
 * /proc/<pid>/status}, so Linux only) and keeps the largest sum. Pages that processes share count
 * once for each.
 */
final class ResidentMemory implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong mostKiB = new AtomicLong();

    ResidentMemory(ProcessHandle root) {
        var unused =
                clock.scheduleAtFixedRate(
                        () -> mostKiB.accumulateAndGet(sumKiB(root), Math::max),
                        0,
                        1,
                        TimeUnit.SECONDS);
    }

    /** The largest sum so far, in GiB. */
    double mostGiB() {
        return mostKiB.get() / 1024.0 / 1024.0;
    }

    static long sumKiB(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToLong(process -> residentKiB(process.pid()))
                .sum();
    }

    private static long residentKiB(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // It ended in the meantime.
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
