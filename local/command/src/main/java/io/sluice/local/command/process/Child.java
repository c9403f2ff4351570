package io.sluice.local.command.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * One run of a child process. It says {@code ready …}, {@code failed …} and {@code stopped …} on
 * its standard output, obeys lines on its standard input, and ends when that input ends: it cannot
 * outlive this process, however this process dies.
 */
public final class Child {
    private static final String READY = "ready";
    private static final String FAILED = "failed ";
    private static final String STOPPED = "stopped ";

    private final ChildSpec spec;
    private final Process process;
    private final Writer input;
    private final Consumer<String> onReady;
    private final IntConsumer onExit;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final long startedAtMillis;
    private volatile String lastWord = "";

    private Child(ChildSpec spec, Process process, Consumer<String> onReady, IntConsumer onExit) {
        this.spec = spec;
        this.onReady = onReady;
        this.onExit = onExit;
        this.process = process;
        this.startedAtMillis = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts the process.
     *
     * @param onReady takes the rest of the line that says that it is ready
     * @param onExit takes its exit status when it ended and all it said was read
     */
    static Child start(ChildSpec spec, Consumer<String> onReady, IntConsumer onExit)
            throws IOException {
        // An interrupt from the keyboard goes to the whole process group: the children ignore it,
        // so that they are stopped in order. Ignored signals stay ignored over exec.
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        if (spec.niceness() > 0) {
            command.addAll(List.of("nice", "-n", Integer.toString(spec.niceness())));
        }
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        if (!spec.removedPrefix().isEmpty()) {
            builder.environment().keySet().removeIf(key -> key.startsWith(spec.removedPrefix()));
        }
        builder.environment().putAll(spec.environment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(spec.standardError().toFile()));
        Child child = new Child(spec, builder.start(), onReady, onExit);
        Thread reader = new Thread(child::read, spec.name() + "-output");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /** Why it failed or how it stopped in its own words; empty when it said nothing. */
    public String lastWord() {
        return lastWord;
    }

    public long pid() {
        return process.pid();
    }

    /** When it started as the system tells it, epoch milliseconds; 0 when it does not tell. */
    public long startedAtMillis() {
        return startedAtMillis;
    }

    /** Writes a line to its standard input; does nothing when it no longer reads. */
    public void tell(String line) {
        try {
            synchronized (input) {
                input.append(line).append('\n').flush();
            }
        } catch (IOException e) {
            // It ended or is about to: its exit is what counts, and is seen elsewhere.
        }
    }

    /** Asks it to stop; kills it when it takes longer than its patience. */
    public CompletableFuture<Integer> stop() {
        tell("stop");
        CompletableFuture<Integer> bounded =
                exit.copy().orTimeout(spec.stopPatience().toMillis(), TimeUnit.MILLISECONDS);
        return bounded.exceptionallyCompose(
                late -> {
                    kill();
                    return exit;
                });
    }

    /** Ends it at once. */
    public void kill() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line);
            }
        } catch (IOException | UncheckedIOException e) {
            lastWord = "its output broke: " + e.getMessage();
        }
        int status = process.onExit().join().exitValue();
        if (status == 0) {
            spec.whenEndedCleanly().run();
        }
        exit.complete(status);
        onExit.accept(status);
    }

    private void hear(String line) {
        if (line.startsWith(FAILED)) {
            lastWord = line.substring(FAILED.length());
        } else if (line.startsWith(STOPPED)) {
            lastWord = line;
        } else if (line.equals(READY) || line.startsWith(READY + " ")) {
            onReady.accept(line.substring(READY.length()).trim());
        }
    }
}
