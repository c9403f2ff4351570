package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.SigningKeyFile;
import io.sluice.contract.json.Json;
import io.sluice.pipeline.audit.AuditScribe;
import io.sluice.pipeline.replay.RefoldedTenant;
import io.sluice.pipeline.replay.WrittenArchive;
import io.sluice.sinks.verify.ArchiveFolder;
import io.sluice.sinks.verify.ArchiveVerifier;
import io.sluice.sinks.verify.VerifyProgress;
import io.sluice.sinks.verify.VerifyScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Example;

/**
 * Histories that released engines wrote: {@code history/engine-N} is an archive with its public
 * key. A build whose engine has the same version gives each of its records again, to the bit. One
 * that decides or records anything differently has another version: then {@code
 * history/engine-N/CHANGED.md} says what changed and why, and its own history is written with
 * {@code -Dsluice.golden.write=true}. Files are never edited.
 */
class GoldenHistoryTest {
    private static final Path HISTORIES = Path.of("src/test/resources/history");
    private static final String KEY = "audit-key.pem.pub";
    private static final Set<String> KINDS =
            Set.of(
                    "rejected",
                    "served",
                    "coalesced",
                    "invoked",
                    "settled",
                    "expired",
                    "answered",
                    "failed",
                    "cancelled",
                    "promoted",
                    "withdrawn",
                    "answer-kept",
                    "answer-dropped",
                    "turn-begun",
                    "turn-kept",
                    "turn-dropped",
                    "session-deleted",
                    "shed",
                    "policy-changed",
                    "erased",
                    "erase-refused");

    @Example
    void a6ThisEnginesHistoryIsThereWithAllKindsOfTransitions() throws Exception {
        Path own = HISTORIES.resolve("engine-" + AuditScribe.ENGINE_VERSION);
        if (!Files.exists(own) && Boolean.getBoolean("sluice.golden.write")) {
            write(own);
        }
        Map<String, Map<Long, AuditRecord>> tenants = read(own);
        assertThat(tenants).hasSizeGreaterThan(2);
        Set<String> seen = new TreeSet<>();
        tenants.values()
                .forEach(records -> records.values().forEach(record -> kinds(record, seen)));
        assertThat(seen).containsAll(KINDS);
    }

    @Example
    void a6ReleasedHistoriesAreGivenAgainToTheBitOrSayWhatChanged() throws Exception {
        for (Path history : histories()) {
            String version = history.getFileName().toString().substring("engine-".length());
            if (!version.equals(AuditScribe.ENGINE_VERSION)) {
                assertThat(Files.readString(history.resolve("CHANGED.md")))
                        .as("what engine %s does differently", AuditScribe.ENGINE_VERSION)
                        .isNotBlank();
                continue;
            }
            for (Map<Long, AuditRecord> records : read(history).values()) {
                RefoldedTenant again = new RefoldedTenant();
                long seq = 0;
                for (AuditRecord record : records.values()) {
                    seq++;
                    assertThat(record.seq()).isEqualTo(seq);
                    AuditRecord refolded = again.next(record);
                    assertThat(refolded).as("%s", record).isNotNull();
                    assertThat(Json.parse(refolded.body())).isEqualTo(Json.parse(record.body()));
                    assertThat(refolded).isEqualTo(record);
                }
            }
        }
    }

    @Example
    void releasedHistoriesAreWhatWasSealed() throws Exception {
        assertThat(histories()).isNotEmpty();
        for (Path history : histories()) {
            var report =
                    new ArchiveVerifier(
                                    ArchiveFolder.at(history),
                                    List.of(SigningKeyFile.readPublic(history.resolve(KEY))),
                                    List.of(),
                                    VerifyScope.all(),
                                    1,
                                    new Quiet())
                            .run();
            assertThat(report.findings()).as("%s", history).isEmpty();
            assertThat(report.unsealedFiles()).isZero();
        }
    }

    private static List<Path> histories() throws IOException {
        try (Stream<Path> folders = Files.list(HISTORIES)) {
            return folders.sorted().toList();
        }
    }

    private static Map<String, Map<Long, AuditRecord>> read(Path history) throws IOException {
        Map<String, Map<Long, AuditRecord>> tenants = new TreeMap<>();
        for (String name : ArchiveFolder.at(history).recordFiles()) {
            for (AuditRecord record : WrittenArchive.read(history.resolve(name))) {
                tenants.computeIfAbsent(record.tenantId(), id -> new TreeMap<>())
                        .put(record.seq(), record);
            }
        }
        return tenants;
    }

    private static void kinds(AuditRecord record, Set<String> seen) {
        for (JsonNode transition : Json.parse(record.body()).path("transitions")) {
            seen.add(transition.path("what").asText());
        }
    }

    /** Draws tenants until every kind of transition is there. */
    private static void write(Path own) throws IOException {
        Set<String> seen = new TreeSet<>();
        List<List<AuditRecord>> tenants = new ArrayList<>();
        var schedules = new Schedules().schedules();
        for (int i = 0; i < 5_000 && !seen.containsAll(KINDS); i++) {
            String tenantId = "tenant-" + (tenants.size() + 1);
            List<AuditRecord> records = WrittenArchive.records(schedules.sample().logOf(tenantId));
            Set<String> more = new TreeSet<>();
            records.forEach(record -> kinds(record, more));
            more.removeAll(seen);
            if (!more.isEmpty()) {
                tenants.add(records);
                seen.addAll(more);
            }
        }
        Files.createDirectories(own);
        WrittenArchive archive = new WrittenArchive(own);
        archive.writeAll(tenants, 3_600_000);
        Files.writeString(
                own.resolve(KEY),
                "-----BEGIN PUBLIC KEY-----\n"
                        + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(archive.publicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    private static final class Quiet implements VerifyProgress {
        @Override
        public void begins(long files) {}

        @Override
        public void file(long records) {}
    }
}
