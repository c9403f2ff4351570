package io.sluice.local.command;

import io.sluice.sinks.verify.ProofMaker;
import io.sluice.sinks.verify.SignedDigest;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice audit head}: the newest digest, to be kept elsewhere. */
@Command(
        name = "head",
        description =
                "Print the newest signed digest. Kept in another place, it shows later that nothing"
                        + " was cut off or rewritten: give it to 'audit verify --head' or 'audit"
                        + " prove --since'.",
        mixinStandardHelpOptions = true)
final class AuditHeadCommand implements Callable<Integer> {
    @Mixin private ArchiveOptions archive = new ArchiveOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, FindingException {
        SignedDigest newest = ProofMaker.newest(archive.folder());
        if (newest == null) {
            throw new FindingException(
                    "nothing in " + archive.path() + " is sealed yet: there is no digest");
        }
        String refuted = newest.refuted(archive.keys());
        if (refuted != null) {
            throw new FindingException("the newest digest is not to be trusted: " + refuted);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(newest.text());
        out.flush();
        return 0;
    }
}
