package io.sluice.benchmarks;

import java.time.Duration;
import java.util.stream.Stream;

/** Processor time of a process and all that descend from it and still live. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** Seconds of one core since each of them began. */
    static double seconds(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toMillis)
                        .sum()
                / 1e3;
    }
}
