package io.sluice.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice cloudwatch}: what CloudWatch is to show and to watch. */
@Command(
        name = "cloudwatch",
        description = "Generate the dashboard and the alarms over the job's metrics.",
        mixinStandardHelpOptions = true,
        subcommands = {DashboardCommand.class, AlarmsCommand.class})
final class CloudWatchCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected dashboard or alarms after cloudwatch");
    }
}
