package io.sluice.local.job;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A {@link JobProcess} in a JVM of its own, running {@link CountingJob}. */
final class RunningJob implements AutoCloseable {
    private final Process process;
    private final Path counts;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private RunningJob(Process process, Path counts) {
        this.process = process;
        this.counts = counts;
        Thread reader = new Thread(this::readLines, "job-output");
        reader.setDaemon(true);
        reader.start();
    }

    static RunningJob start(Path dataDir, String... more) throws IOException {
        Path counts = dataDir.resolve("counts.txt");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx300m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "-Dlog.file=" + dataDir.resolve("job.log"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                JobProcess.class.getName(),
                                "--conf-dir",
                                Path.of("..", "..", "flink-conf").toString(),
                                "--data-dir",
                                dataDir.toString(),
                                "--main-class",
                                CountingJob.class.getName(),
                                "--properties",
                                counts.toString(),
                                "-D",
                                "execution.checkpointing.interval=200ms",
                                "-D",
                                "execution.checkpointing.min-pause=50ms"));
        command.addAll(List.of(more));
        return new RunningJob(
                new ProcessBuilder(command)
                        .redirectError(dataDir.resolve("job.err").toFile())
                        .start(),
                counts);
    }

    /** Starts and lets the job run with a retention of a day. */
    static RunningJob startAndRun(Path dataDir, String... more) throws IOException {
        RunningJob job = start(dataDir, more);
        job.tell("run PT24H");
        job.awaitLine("ready");
        return job;
    }

    void tell(String line) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    String awaitLine(String start) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> lineWith(start) != null || !process.isAlive());
        String line = lineWith(start);
        if (line == null) {
            throw new AssertionError("no line '" + start + "…' but " + said);
        }
        return line;
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs after 60 s; it said " + said);
        }
        return process.exitValue();
    }

    void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    long lines() {
        try {
            return Files.exists(counts) ? Files.readAllLines(counts).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitMoreLines(long more) {
        long wanted = lines() + more;
        await().atMost(Duration.ofSeconds(60)).until(() -> lines() >= wanted);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private String lineWith(String start) {
        return said.stream().filter(line -> line.startsWith(start)).findFirst().orElse(null);
    }

    private void readLines() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add("unreadable: " + e);
        }
    }
}
