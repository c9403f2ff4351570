package io.sluice.local.command;

import static java.util.stream.Collectors.joining;

import io.sluice.contract.Names;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.local.command.archive.CheckedProof;
import io.sluice.local.command.archive.VerifyView;
import io.sluice.local.command.print.FileBar;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.sinks.seal.Anchor;
import io.sluice.sinks.seal.AnchorStore;
import io.sluice.sinks.seal.DynamoDbAnchorStore;
import io.sluice.sinks.verify.ArchiveVerifier;
import io.sluice.sinks.verify.SignedDigest;
import io.sluice.sinks.verify.TrustedHead;
import io.sluice.sinks.verify.VerifyReport;
import io.sluice.sinks.verify.VerifyScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

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
                                    bar)
                            .run();
        }
        check(report, keys);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                archive.json()
                        ? Json.text(VerifyView.json(report)) + '\n'
                        : VerifyView.text(report));
        out.flush();
        return report.isFine() ? 0 : 1;
    }

    /** What is no damage, but a question that cannot be answered. */
    private void check(VerifyReport report, List<PublicKey> keys) throws FindingException {
        if (report.digests() == 0 && report.found() > 1 && !report.unknownKeys().isEmpty()) {
            throw new FindingException(
                    "the digests in "
                            + archive.path()
                            + " are signed by "
                            + String.join(", ", report.unknownKeys())
                            + ", but the public key that was given is "
                            + keys.stream().map(Ed25519Keys::keyId).collect(joining(", "))
                            + ": give the sealer's by --public-key");
        }
        String tenant = span.tenant();
        if (tenant != null && report.tenants() == 0 && report.isFine()) {
            throw new FindingException(
                    "no record of the tenant " + tenant + " is in that part of " + archive.path());
        }
        if (report.digests() == 0 && report.files() == 0 && report.isFine()) {
            throw new FindingException(
                    "there is neither a digest nor a record in "
                            + archive.path()
                            + ": expected the folders digests and date=…");
        }
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
                anchor(clients.dynamoDb()).ifPresent(trusted::add);
            } catch (FindingException e) {
                throw new FindingException(
                        "the anchor cannot be asked: " + e.getMessage() + ", or use --offline", e);
            }
        }
        return trusted;
    }

    /** The newest digest as the sealer keeps it outside of the archive. */
    private Optional<TrustedHead> anchor(DynamoDbClient client)
            throws IOException, FindingException {
        try (AnchorStore store =
                DynamoDbAnchorStore.over(client, Names.AUDIT_ANCHORS_TABLE, Names.EVENTS_STREAM)) {
            Anchor anchor = store.read();
            if (anchor != null) {
                return Optional.of(
                        new TrustedHead(
                                "the anchor in " + Names.AUDIT_ANCHORS_TABLE,
                                anchor.number(),
                                anchor.hash()));
            }
            // The first digest is there for a moment before its anchor is.
            if (archive.folder().digests().size() > 1) {
                throw new FindingException(
                        Names.AUDIT_ANCHORS_TABLE
                                + " has no anchor, although the archive has digests: it was taken"
                                + " away, or the archive is another system's");
            }
            return Optional.empty();
        } catch (ResourceNotFoundException e) {
            throw new FindingException("there is no table " + Names.AUDIT_ANCHORS_TABLE, e);
        }
    }

    private static SignedDigest digest(Path file) throws IOException, FindingException {
        try {
            return SignedDigest.of(Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            throw new FindingException(file + " is no digest: " + e.getMessage(), e);
        }
    }

    private int proof(Path file, List<PublicKey> keys) throws IOException, FindingException {
        CheckedProof checked;
        try {
            checked = CheckedProof.of(Json.parse(Files.readAllBytes(file)), keys);
        } catch (MalformedJsonException e) {
            throw new FindingException(file + " is no proof: " + e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(archive.json() ? Json.text(checked.json()) : checked.text());
        out.flush();
        return checked.holds() ? 0 : 1;
    }
}
