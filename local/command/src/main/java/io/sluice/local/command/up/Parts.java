package io.sluice.local.command.up;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.RunState;
import io.sluice.local.command.data.RunState.RunningProcess;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.process.Child;
import io.sluice.local.command.process.ChildSpec;
import io.sluice.local.command.process.RestartPolicy;
import io.sluice.local.command.process.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The processes of a system, and {@code run.json} as their mirror. Thread-safe. */
final class Parts {
    private static final long ROTATED_BYTES = 32L << 20;

    private final DataFolder folder;
    private final Progress progress;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final List<Supervised> all = new ArrayList<>();
    private String state = "starting";

    Parts(DataFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Completes with the reason when one of them is down for good. */
    CompletableFuture<String> failure() {
        return failure;
    }

    /** Starts a process and keeps it running. */
    Supervised start(ChildSpec spec) throws IOException {
        Files.createDirectories(folder.scratch(spec.name()));
        rotate(spec.standardError());
        Supervised part =
                new Supervised(
                        spec,
                        RestartPolicy.standard(),
                        Clock.systemUTC(),
                        progress::warn,
                        this::record,
                        failure::complete);
        synchronized (this) {
            all.add(part);
        }
        part.start();
        return part;
    }

    /** Notes in {@code run.json} how far the system is. */
    void state(String newState) {
        synchronized (this) {
            state = newState;
        }
        record();
    }

    /** Ends every process at once. */
    synchronized void kill() {
        all.forEach(Supervised::kill);
    }

    private synchronized void record() {
        Map<String, RunningProcess> children = new LinkedHashMap<>();
        Duration stopPatience = Duration.ZERO;
        for (Supervised part : all) {
            stopPatience = stopPatience.plus(part.stopPatience());
            Child child = part.current();
            if (child != null) {
                children.put(
                        part.name(),
                        new RunningProcess(child.pid(), child.startedAtMillis(), part.restarts()));
            }
        }
        try {
            new RunState(state, RunningProcess.ofThis(), children, stopPatience).write(folder);
        } catch (IOException e) {
            progress.warn("run.json cannot be written: " + e.getMessage());
        }
    }

    private static void rotate(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > ROTATED_BYTES) {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
