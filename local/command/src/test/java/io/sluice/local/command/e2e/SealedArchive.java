package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainBook;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.audit.FileChains;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.audit.SigningKeyFile;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.SignedDigestJson;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The audit archive of a running system, read past all of Sluice but its readers of files. */
final class SealedArchive {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Path folder;
    private final Path key;

    SealedArchive(Path dataDir) {
        folder = dataDir.resolve("audit");
        key = dataDir.resolve("audit-key.pem");
    }

    /** A tenant's history is sealed up to a number. */
    void reaches(String tenantId, long seq) {
        await("a digest of " + tenantId + " " + seq)
                .atMost(WITHIN)
                .ignoreException(UncheckedIOException.class) // a file that gets its name just now
                .until(
                        () ->
                                digests().stream()
                                        .flatMap(file -> file.digest.heads().stream())
                                        .filter(head -> head.tenantId().equals(tenantId))
                                        .anyMatch(head -> head.seq() >= seq));
    }

    /**
     * Every digest was signed with the system's key and follows from the one before, and every
     * archive file is sealed at most once, as it is.
     *
     * @return the newest digest's number
     */
    long digestsAreOneChain() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        PublicKey open = SigningKeyFile.readPublic(SigningKeyFile.publicKeyOf(key));
        Set<String> sealed = new HashSet<>();
        Digest before = null;
        for (DigestFile file : digests()) {
            Digest digest = file.digest;
            assertThat(digest.number()).isEqualTo(before == null ? 1 : before.number() + 1);
            assertThat(digest.previous()).isEqualTo(before == null ? null : before.hash());
            assertThat(Ed25519Keys.isSigned(open, digest.signed(), Hex.parse(file.signature)))
                    .isTrue();
            for (SealedFile each : digest.files()) {
                byte[] bytes = Files.readAllBytes(folder.resolve(each.name()));
                assertThat(Hex.of(AuditRecord.hashOf(bytes))).isEqualTo(each.sha256());
                assertThat(each.records()).isPositive();
                assertThat(sealed.add(each.name())).as("once: %s", each.name()).isTrue();
            }
            before = digest;
        }
        assertThat(before).as("a digest").isNotNull();
        return before.number();
    }

    /**
     * A4: the archive has every record once, in one chain for each tenant from its first on, and
     * under its number the decision of each of these results.
     */
    void hasEachTransitionOnce(List<Map<String, AttributeValue>> results) {
        Map<String, String> decided = new TreeMap<>();
        for (Map<String, AttributeValue> result : results) {
            String seq = result.get("decision").m().get("seq").n();
            decided.put(result.get("tenant_id").s() + ' ' + seq, result.get("request_id").s());
        }
        assertThat(decided).hasSameSizeAs(results).isNotEmpty();
        await("decisions in the archive")
                .atMost(WITHIN)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreException(UncheckedIOException.class) // a file that gets its name just now
                .untilAsserted(() -> assertThat(requests()).containsAllEntriesOf(decided));
    }

    /** Whatever decided and priced lies beside the records. */
    void hasDocuments(String priceVersion) {
        assertThat(folder.resolve("prices/" + priceVersion + ".json")).exists();
        assertThat(folder.resolve("policies")).isNotEmptyDirectory();
    }

    /** Ids of requests by tenant and number, out of records that are whole chains. */
    private Map<String, String> requests() throws IOException {
        List<AuditFinding> findings = new ArrayList<>();
        ChainBook book = new ChainBook(true, findings::add);
        Map<String, String> requests = new TreeMap<>();
        for (Path path : files(folder, ".parquet")) {
            FileChains chains = new FileChains(path.toString(), findings::add);
            try (ArchiveFile file = ArchiveFile.open(path)) {
                for (AuditRecord record = file.next(); record != null; record = file.next()) {
                    chains.add(record);
                    if (record.kind() == AuditKind.REQUEST) {
                        requests.put(
                                record.tenantId() + ' ' + record.seq(),
                                Json.parse(record.body()).at("/input/request_id").asText());
                    }
                }
            }
            chains.segments().forEach(book::add);
        }
        book.end();
        assertThat(findings).isEmpty();
        return requests;
    }

    private List<DigestFile> digests() throws IOException {
        List<DigestFile> digests = new ArrayList<>();
        for (Path path : files(folder.resolve("digests"), ".json")) {
            byte[] file = Files.readAllBytes(path);
            digests.add(
                    new DigestFile(
                            SignedDigestJson.digest(file),
                            Hex.of(SignedDigestJson.signature(file))));
        }
        return digests;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(suffix))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private record DigestFile(Digest digest, String signature) {}
}
