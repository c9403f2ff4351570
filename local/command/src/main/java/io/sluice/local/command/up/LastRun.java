package io.sluice.local.command.up;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.RunState;
import io.sluice.local.command.data.RunState.RunningProcess;
import io.sluice.local.command.print.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What an earlier run left behind. */
final class LastRun {
    private static final long PATIENCE_SECONDS = 5;

    private LastRun() {}

    /**
     * Waits for the processes of an earlier run to end: they do when their parent is gone. What
     * does not is killed. Call with the folder's lock held.
     */
    static void awaitEnd(DataFolder folder, Progress progress) throws IOException {
        Optional<RunState> state = RunState.read(folder);
        if (state.isEmpty()) {
            return;
        }
        List<ProcessHandle> left =
                state.get().children().values().stream()
                        .map(RunningProcess::alive)
                        .flatMap(Optional::stream)
                        .toList();
        for (ProcessHandle process : left) {
            CompletableFuture<Boolean> ended =
                    process.onExit()
                            .thenApply(p -> true)
                            .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended.join()) {
                progress.warn("process " + process.pid() + " of the last run is killed");
                process.destroyForcibly();
                process.onExit().join();
            }
        }
    }
}
