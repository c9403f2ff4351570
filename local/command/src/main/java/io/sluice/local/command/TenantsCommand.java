package io.sluice.local.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice tenants}: where tenants' rows lie, and who may read them. */
@Command(
        name = "tenants",
        description = "Move tenants to tables of their own, and say who may read their rows.",
        mixinStandardHelpOptions = true,
        subcommands = {MoveTenantCommand.class, TenantIamCommand.class})
final class TenantsCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "expected move or iam after tenants");
    }
}
