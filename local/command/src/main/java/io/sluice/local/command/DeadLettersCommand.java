package io.sluice.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice dead-letters}: what could not be processed. */
@Command(
        name = "dead-letters",
        description = "Look at what could not be processed, and send it in again.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ListLettersCommand.class,
            ShowLetterCommand.class,
            RedriveLettersCommand.class
        })
final class DeadLettersCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected list, show or redrive after dead-letters");
    }
}
