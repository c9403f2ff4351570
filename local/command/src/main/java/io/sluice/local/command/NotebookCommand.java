package io.sluice.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice notebook}: questions in Flink SQL over the events stream. */
@Command(
        name = "notebook",
        description = "List the notes in notebooks/ and run one over the streams and tables.",
        mixinStandardHelpOptions = true,
        subcommands = {ListNotebooksCommand.class, RunNotebookCommand.class})
final class NotebookCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected list or run after notebook");
    }
}
