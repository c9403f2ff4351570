package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditHead;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.local.command.archive.DynamoDbAnchor;
import io.sluice.local.command.archive.VerifyView;
import io.sluice.local.command.print.FileBar;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.sinks.verify.ArchiveVerifier;
import io.sluice.sinks.verify.GrowthProof;
import io.sluice.sinks.verify.ProofJson;
import io.sluice.sinks.verify.RecordProof;
import io.sluice.sinks.verify.SignedDigest;
import io.sluice.sinks.verify.TrustedHead;
import io.sluice.sinks.verify.VerifyProgress;
import io.sluice.sinks.verify.VerifyReport;
import io.sluice.sinks.verify.VerifyScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice audit verify}: whether the archive is what was sealed, to the bit. */
@Command(
        name = "verify",
        description = {
            "Walk the archive's files, chains and digests: whatever was changed, taken out, put in,"
                    + " exchanged or cut off is found, with the file, and with tenant and number"
                    + " where the file can still be read. Records that no digest names yet are"
                    + " counted as not yet sealed.",
            "Exits with 0 if everything is as it was sealed, with 1 if not, with 2 on wrong use."
        },
        mixinStandardHelpOptions = true)
final class VerifyAuditCommand implements Callable<Integer> {
    @Mixin private ArchiveOptions archive = new ArchiveOptions();

    @Mixin private SpanOptions span = new SpanOptions();

    @Option(
            names = "--offline",
            description =
                    "Ask nothing but the archive and the public key; the end of the archive is"
                            + " then checked by --head alone.")
    private boolean offline;

    @Option(
            names = "--head",
            paramLabel = "FILE",
            description = "A digest that has to be there, as 'sluice audit head' printed it once.")
    private @Nullable Path head;

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description =
                    "Check that proof, made by 'sluice audit prove', instead of an archive, which"
                            + " is not needed.")
    private @Nullable Path proof;

    @Option(
            names = "--look-back",
            paramLabel = "PT…",
            description =
                    "The setting Audit/look.back: a file that no digest names is found if its hour"
                            + " lies longer than this before the newest digest (default: P8D).")
    private Duration lookBack = VerifyScope.USUAL_LOOK_BACK;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many files are looked into at once (default: one per processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, FindingException, InterruptedException {
        List<PublicKey> keys = archive.keys();
        if (proof != null) {
            return proof(proof, keys);
        }
        VerifyScope scope =
                new VerifyScope(span.fromMillis(), span.toMillis(), span.tenant())
                        .withLookBack(lookBack);
        VerifyReport report;
        try (FileBar bar = new FileBar("audit verify")) {
            report =
                    new ArchiveVerifier(
                                    archive.folder(),
                                    keys,
                                    trusted(keys),
                                    scope,
                                    Math.max(1, threads),
                                    new Shown(bar))
                            .run();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                archive.json()
                        ? Json.text(VerifyView.json(report)) + '\n'
                        : VerifyView.text(report));
        out.flush();
        return report.isFine() ? 0 : 1;
    }

    private List<TrustedHead> trusted(List<PublicKey> keys) throws IOException, FindingException {
        List<TrustedHead> trusted = new ArrayList<>();
        if (head != null) {
            SignedDigest signed = digest(head);
            String refuted = signed.refuted(keys);
            if (refuted != null) {
                throw new FindingException(head + ": " + refuted);
            }
            trusted.add(
                    new TrustedHead(
                            head.toString(), signed.digest().number(), signed.digest().hash()));
        }
        if (!offline) {
            try (AwsClients clients = archive.clients()) {
                DynamoDbAnchor.read(clients.dynamoDb()).ifPresent(trusted::add);
            } catch (FindingException e) {
                throw new FindingException(
                        "the anchor cannot be asked: " + e.getMessage() + ", or use --offline", e);
            }
        }
        return trusted;
    }

    private static SignedDigest digest(Path file) throws IOException, FindingException {
        try {
            return SignedDigest.of(Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new FindingException(file + " is no digest: " + e.getMessage(), e);
        }
    }

    private int proof(Path file, List<PublicKey> keys) throws IOException, FindingException {
        String refuted;
        String shown;
        try {
            JsonNode node = Json.parse(Files.readAllBytes(file));
            RecordProof record = ProofJson.record(node);
            GrowthProof growth = ProofJson.growth(node);
            if (record != null) {
                refuted = first(record.digest().refuted(keys), record.refuted());
                shown = refuted == null ? shown(record) : "";
            } else if (growth != null) {
                refuted =
                        first(
                                growth.earlier().refuted(keys),
                                first(growth.later().refuted(keys), growth.refuted()));
                shown = shown(growth);
            } else {
                throw new FindingException(file + " is of no known kind of proof");
            }
        } catch (MalformedJsonException e) {
            throw new FindingException(file + " is no proof: " + e.getMessage(), e);
        }
        print(refuted, shown);
        return refuted == null ? 0 : 1;
    }

    private void print(@Nullable String refuted, String shown) {
        PrintWriter out = spec.commandLine().getOut();
        if (archive.json()) {
            var node = Json.object().put("fine", refuted == null);
            out.println(Json.text(node.put("message", refuted == null ? shown : refuted)));
        } else {
            out.println(refuted == null ? "Proved: " + shown : "!! It proves nothing: " + refuted);
        }
        out.flush();
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static String shown(RecordProof proof) {
        AuditHead record = proof.record();
        return "record "
                + record.seq()
                + " of "
                + record.tenantId()
                + " is in the history that was sealed by digest "
                + proof.digest().digest().number()
                + " at "
                + Instant.ofEpochMilli(proof.digest().digest().toMillis());
    }

    private static String shown(GrowthProof proof) {
        return "what digest "
                + proof.earlier().digest().number()
                + " sealed is all in what digest "
                + proof.later().digest().number()
                + " sealed";
    }

    private record Shown(FileBar bar) implements VerifyProgress {
        @Override
        public void begins(long files) {
            bar.files(files);
        }

        @Override
        public void file(long records) {
            bar.file(records);
        }
    }
}
