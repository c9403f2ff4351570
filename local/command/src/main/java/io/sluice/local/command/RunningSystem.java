package io.sluice.local.command;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.RunState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code sluice up} that runs on a data folder. */
final class RunningSystem {
    /** For what the supervisor does besides stopping its children, on a busy machine. */
    private static final Duration MARGIN = Duration.ofSeconds(18);

    private final ProcessHandle supervisor;
    private final Duration patience;

    private RunningSystem(ProcessHandle supervisor, Duration patience) {
        this.supervisor = supervisor;
        this.patience = patience;
    }

    /**
     * The system that runs on a folder.
     *
     * @throws FindingException when none does
     */
    static RunningSystem of(DataFolder folder) throws IOException, FindingException {
        Optional<RunState> state = RunState.read(folder);
        Optional<ProcessHandle> supervisor = state.flatMap(s -> s.supervisor().alive());
        if (supervisor.isEmpty()) {
            throw new FindingException("nothing runs on " + folder.root());
        }
        return new RunningSystem(supervisor.get(), state.get().stopPatience().plus(MARGIN));
    }

    /** How long its clean stop is waited for: longer than it waits for its own children. */
    Duration patience() {
        return patience;
    }

    /** Stops it as Ctrl-C does. */
    void stop() throws FindingException {
        System.err.println("stopping process " + supervisor.pid());
        supervisor.destroy();
        boolean ended =
                supervisor
                        .onExit()
                        .thenApply(process -> true)
                        .completeOnTimeout(false, patience.toSeconds(), TimeUnit.SECONDS)
                        .join();
        if (!ended) {
            throw new FindingException("it still runs after " + patience.toSeconds() + " s");
        }
    }
}
