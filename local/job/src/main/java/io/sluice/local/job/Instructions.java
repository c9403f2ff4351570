package io.sluice.local.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What the parent process says on standard input: {@code run <retention>} once the streams are
 * there, {@code stop} to end. Its end of the pipe closing means that it died.
 */
final class Instructions {
    private final CompletableFuture<Duration> run = new CompletableFuture<>();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();

    /** Completes with the retention of the events stream when the job may start. */
    CompletableFuture<Duration> run() {
        return run;
    }

    /** Completes when the process is to stop. */
    CompletableFuture<Void> stop() {
        return stop;
    }

    /**
     * Reads on a thread of its own.
     *
     * @param orphaned called when the input ends
     * @param idleStop called when the process is to stop before it was told to run
     */
    void readFrom(InputStream input, Runnable orphaned, Runnable idleStop) {
        Thread reader = new Thread(() -> read(input, orphaned, idleStop), "instructions");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream input, Runnable orphaned, Runnable idleStop) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                obey(line.trim(), idleStop);
            }
        } catch (IOException e) {
            // An unreadable pipe means the same as a closed one.
        }
        orphaned.run();
    }

    private void obey(String line, Runnable idleStop) {
        if (line.startsWith("run ")) {
            run.complete(Duration.parse(line.substring("run ".length())));
        } else if (line.equals("stop")) {
            if (!run.isDone()) {
                idleStop.run();
            }
            stop.complete(null);
        }
    }
}
