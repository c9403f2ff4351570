package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Names;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.sinks.verify.GrowthProof;
import io.sluice.sinks.verify.ProofJson;
import io.sluice.sinks.verify.ProofMaker;
import io.sluice.sinks.verify.RecordProof;
import io.sluice.sinks.verify.SignedDigest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice audit prove}: proofs for whoever has no access to the archive. */
@Command(
        name = "prove",
        description = {
            "Print a proof that a record is in the sealed history (TENANT SEQ), or that nothing was"
                    + " changed or taken away since a digest (--since). Whoever has the public key"
                    + " checks it by 'audit verify --proof FILE', without the archive.",
            "A record's proof has the tenant's records from it to the next sealed head, and a"
                    + " digest, which names the tenants whose chains moved in its minute."
        },
        mixinStandardHelpOptions = true)
final class ProveAuditCommand implements Callable<Integer> {
    @Mixin private ArchiveOptions archive = new ArchiveOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "TENANT", description = "Whose record.")
    private @Nullable String tenant;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SEQ",
            description = "Its number in the tenant's history; 'audit show' tells it.")
    private long seq;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "The earlier digest, as 'audit head' printed it.")
    private @Nullable Path since;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, FindingException {
        if ((tenant == null) == (since == null) || (tenant != null && seq < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "expected either TENANT and SEQ, from 1, or --since FILE");
        }
        ProofMaker maker = ProofMaker.of(archive.folder(), Long.MAX_VALUE);
        ObjectNode proof = since == null ? record(maker) : growth(maker, since);
        PrintWriter out = spec.commandLine().getOut();
        out.println(Json.text(proof));
        out.flush();
        return 0;
    }

    private ObjectNode record(ProofMaker maker) throws IOException, FindingException {
        String id = String.valueOf(tenant);
        if (!Names.TENANT_ID.matcher(id).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "TENANT: seen '" + id + "', expected " + Names.TENANT_ID.pattern());
        }
        RecordProof proof = maker.record(id, seq);
        if (proof == null) {
            throw new FindingException(
                    "no digest has sealed a record " + seq + " of " + id + " yet");
        }
        checked(proof.refuted());
        return ProofJson.write(proof);
    }

    private static ObjectNode growth(ProofMaker maker, Path file)
            throws IOException, FindingException {
        SignedDigest earlier;
        try {
            earlier =
                    SignedDigest.of(
                            Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new FindingException(file + " is no digest: " + e.getMessage(), e);
        }
        GrowthProof proof = maker.since(earlier);
        checked(proof.refuted());
        return ProofJson.write(proof);
    }

    private static void checked(@Nullable String refuted) throws FindingException {
        if (refuted != null) {
            throw new FindingException(
                    "the archive proves nothing of it: "
                            + refuted
                            + ". Look with 'sluice audit verify'");
        }
    }
}
