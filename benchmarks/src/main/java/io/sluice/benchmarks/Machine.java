package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where and of what a measurement was taken. */
final class Machine {
    private Machine() {}

    /** One line: processor, cores, memory, JDK, date and commit. */
    static String describe(Path root) throws IOException, InterruptedException {
        return Runtime.getRuntime().availableProcessors()
                + " cores ("
                + field("/proc/cpuinfo", "model name")
                + "), "
                + Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
                        / 1024
                        / 1024
                + " GiB, "
                + System.getProperty("os.name")
                + ", JDK "
                + Runtime.version()
                + ", "
                + LocalDate.now(ZoneOffset.UTC)
                + ", commit "
                + git(root, "rev-parse", "--short", "HEAD")
                + (git(root, "status", "--porcelain", "-uno").isEmpty() ? "" : " with changes");
    }

    /** Load over the last minute, so that a busy machine is seen in the report. */
    static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    }

    private static String field(String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static String git(Path root, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("git", "-C", root.toString()), Stream.of(arguments))
                        .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
                ? output
                : "unknown";
    }
}
