package io.sluice.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice tenants}: where tenants' rows lie, who may read them, and how they are erased. */
@Command(
        name = "tenants",
        description =
                "Move tenants to tables of their own, say who may read their rows, and erase them.",
        mixinStandardHelpOptions = true,
        subcommands = {MoveTenantCommand.class, TenantIamCommand.class, EraseTenantCommand.class})
final class TenantsCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected move, iam or erase after tenants");
    }
}
