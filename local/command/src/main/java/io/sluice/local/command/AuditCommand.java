package io.sluice.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice audit}: the history of decisions, and whether it is what it was. */
@Command(
        name = "audit",
        description = "Check the archive of decisions, prove what is in it, and look into it.",
        mixinStandardHelpOptions = true,
        subcommands = {
            VerifyAuditCommand.class,
            AuditHeadCommand.class,
            ProveAuditCommand.class,
            ShowAuditCommand.class
        })
final class AuditCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected verify, head, prove or show after audit");
    }
}
