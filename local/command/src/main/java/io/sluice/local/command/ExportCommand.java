package io.sluice.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice export}: files for others. */
@Command(
        name = "export",
        description = "Write files for finance.",
        mixinStandardHelpOptions = true,
        subcommands = ShowbackCommand.class)
final class ExportCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected showback after export");
    }
}
