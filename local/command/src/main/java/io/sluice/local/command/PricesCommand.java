package io.sluice.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice prices}: what calls of models cost. */
@Command(
        name = "prices",
        description = "Look at price files, check them, and see what changed between two.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ShowPricesCommand.class,
            ValidatePricesCommand.class,
            DiffPricesCommand.class
        })
final class PricesCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected show, validate or diff after prices");
    }
}
