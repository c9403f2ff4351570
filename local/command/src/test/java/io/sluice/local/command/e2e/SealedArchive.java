package io.sluice.local.command.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.audit.SigningKeyFile;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.SignedDigestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The audit archive of a running system, as its digests see it. */
final class SealedArchive {
    private static final Duration SEALED_WITHIN = Duration.ofMinutes(2);

    private final Path dataDir;

    SealedArchive(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** A tenant's history is sealed up to a number, by digests signed with the system's key. */
    void reaches(String tenantId, long seq) throws Exception {
        await("a digest of " + tenantId + " " + seq)
                .atMost(SEALED_WITHIN)
                .until(() -> heads(tenantId).stream().anyMatch(head -> head.seq() >= seq));
        Path key = dataDir.resolve("audit-key.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        PublicKey open = SigningKeyFile.readPublic(SigningKeyFile.publicKeyOf(key));
        long number = 0;
        for (byte[] file : files()) {
            Digest digest = SignedDigestJson.digest(file);
            assertThat(digest.number()).isEqualTo(++number);
            assertThat(
                            Ed25519Keys.isSigned(
                                    open, digest.bytes(), SignedDigestJson.signature(file)))
                    .isTrue();
            for (SealedFile sealed : digest.files()) {
                byte[] bytes = Files.readAllBytes(archive().resolve(sealed.name()));
                assertThat(Hex.of(AuditRecord.hashOf(bytes))).isEqualTo(sealed.sha256());
                assertThat(sealed.records()).isPositive();
            }
        }
        SluiceRun status = SluiceRun.of(dataDir, "status", "--json");
        JsonNode newest = Json.parse(status.out().getBytes(UTF_8));
        assertThat(newest.path("newest_digest").path("number").asLong())
                .as(status.out())
                .isGreaterThanOrEqualTo(number);
    }

    /** Whatever decided and priced lies beside the records. */
    void hasDocuments(String priceVersion) {
        assertThat(archive().resolve("prices/" + priceVersion + ".json")).exists();
        assertThat(archive().resolve("policies")).isNotEmptyDirectory();
    }

    private List<ChainHead> heads(String tenantId) throws IOException {
        return files().stream()
                .flatMap(file -> SignedDigestJson.digest(file).heads().stream())
                .filter(head -> head.tenantId().equals(tenantId))
                .toList();
    }

    private Path archive() {
        return dataDir.resolve("audit");
    }

    private List<byte[]> files() throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(archive().resolve("digests"))) {
            for (Path path : all.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
                if (!path.getFileName().toString().startsWith(".")) {
                    files.add(Files.readAllBytes(path));
                }
            }
        }
        return files;
    }
}
