package io.sluice.local.command;

import io.sluice.contract.Names;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The one tenant that is meant. */
final class TenantOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
    private String tenant = "";

    String id() {
        if (!Names.TENANT_ID.matcher(tenant).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "TENANT: seen '" + tenant + "', expected " + Names.TENANT_ID.pattern());
        }
        return tenant;
    }
}
