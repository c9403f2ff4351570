package io.sluice.local.command.up;

import io.sluice.local.command.FindingException;
import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.data.Keys;
import io.sluice.local.command.data.RunState;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.process.Jvm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Starts a system and keeps it running until a signal or a failure ends it. */
public final class Up {
    private final UpOptions options;
    private final Jvm jvm;
    private final Progress progress;

    public Up(UpOptions options, Jvm jvm, Progress progress) {
        this.options = options;
        this.jvm = jvm;
        this.progress = progress;
    }

    /**
     * Runs until the system is stopped.
     *
     * @param onReady called once when it answers requests
     * @throws FindingException when it cannot start or a part is down for good
     */
    public void run(BiConsumer<Endpoints, Keys> onReady)
            throws IOException, FindingException, InterruptedException {
        DataFolder folder = options.folder();
        folder.create();
        try (FileChannel lock = folder.lock()) {
            if (lock == null) {
                throw new FindingException(inUse(folder));
            }
            LastRun.awaitEnd(folder, progress);
            Optional<Endpoints> last = Endpoints.read(folder);
            Endpoints endpoints =
                    options.externalAws()
                            ? Addresses.external(options, last)
                            : Addresses.embedded(options, last);
            endpoints.write(folder);
            keepRunning(new SluiceSystem(options, endpoints, progress), endpoints, onReady);
        }
    }

    private void keepRunning(
            SluiceSystem system, Endpoints endpoints, BiConsumer<Endpoints, Keys> onReady)
            throws IOException, FindingException, InterruptedException {
        CompletableFuture<Void> stop = new CompletableFuture<>();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        Interrupts.handle(stop, stopped, system::kill);
        try {
            onReady.accept(endpoints, system.start(jvm, stop));
            CompletableFuture.anyOf(system.failure(), stop).join();
            if (system.failure().isDone()) {
                throw new FindingException(system.failure().join());
            }
        } catch (CancellationException e) {
            progress.step("stopped while starting");
        } finally {
            system.stop();
            stopped.complete(null);
        }
    }

    private static String inUse(DataFolder folder) throws IOException {
        String who =
                RunState.read(folder)
                        .map(state -> " (process " + state.supervisor().pid() + ")")
                        .orElse("");
        return folder.root()
                + " is in use by another 'sluice up'"
                + who
                + ". Stop it, or choose another folder with --data-dir";
    }
}
