package io.sluice.local.command;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.RunState;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code sluice up} that runs on a data folder. */
final class RunningSystem {
    private static final long PATIENCE_SECONDS = 90;

    private final ProcessHandle supervisor;

    private RunningSystem(ProcessHandle supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * The system that runs on a folder.
     *
     * @throws FindingException when none does
     */
    static RunningSystem of(DataFolder folder) throws IOException, FindingException {
        Optional<ProcessHandle> supervisor =
                RunState.read(folder).flatMap(state -> state.supervisor().alive());
        if (supervisor.isEmpty()) {
            throw new FindingException("nothing runs on " + folder.root());
        }
        return new RunningSystem(supervisor.get());
    }

    /** Stops it as Ctrl-C does. */
    void stop() throws FindingException {
        System.err.println("stopping process " + supervisor.pid());
        supervisor.destroy();
        boolean ended =
                supervisor
                        .onExit()
                        .thenApply(process -> true)
                        .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join();
        if (!ended) {
            throw new FindingException("it still runs after " + PATIENCE_SECONDS + " s");
        }
    }
}
