package io.sluice.local.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice stop}: stops a running system as Ctrl-C does. */
@Command(
        name = "stop",
        description = "Stop the running system cleanly.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws Exception {
        RunningSystem.of(common.folder()).stop();
        System.out.println(common.json() ? "{\"state\":\"stopped\"}" : "stopped");
        return 0;
    }
}
