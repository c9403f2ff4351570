package io.sluice.local.command;

import io.sluice.local.command.data.RunState;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice stop}: stops a running system as Ctrl-C does. */
@Command(
        name = "stop",
        description = "Stop the running system cleanly.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 90;

    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
        Optional<ProcessHandle> supervisor =
                RunState.read(common.folder()).flatMap(state -> state.supervisor().alive());
        if (supervisor.isEmpty()) {
            throw new FindingException("nothing runs on " + common.folder().root());
        }
        System.err.println("stopping process " + supervisor.get().pid());
        supervisor.get().destroy();
        boolean ended =
                supervisor
                        .get()
                        .onExit()
                        .thenApply(process -> true)
                        .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .join();
        if (!ended) {
            throw new FindingException("it still runs after " + PATIENCE_SECONDS + " s");
        }
        System.out.println(common.json() ? "{\"state\":\"stopped\"}" : "stopped");
        return 0;
    }
}
