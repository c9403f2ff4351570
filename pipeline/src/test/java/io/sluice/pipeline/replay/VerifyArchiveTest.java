package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.AuditFinding.Kind;
import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.sinks.verify.ArchiveFolder;
import io.sluice.sinks.verify.ArchiveVerifier;
import io.sluice.sinks.verify.TrustedHead;
import io.sluice.sinks.verify.VerifyProgress;
import io.sluice.sinks.verify.VerifyReport;
import io.sluice.sinks.verify.VerifyScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to an archive is found, and where. */
class VerifyArchiveTest {
    private static final long SLICE_MILLIS = 60_000;
    private static final VerifyProgress QUIET =
            new VerifyProgress() {
                @Override
                public void begins(long files) {}

                @Override
                public void file(long records) {}
            };

    @TempDir private Path folder;
    private WrittenArchive archive;
    private Map<String, List<AuditRecord>> written;

    @BeforeEach
    void write() throws Exception {
        archive = new WrittenArchive(folder);
        List<List<AuditRecord>> tenants = new ArrayList<>();
        for (List<io.sluice.pipeline.enforce.LogRecord> log :
                SimulatedLogs.of(11, 4, 500).logs.values()) {
            tenants.add(WrittenArchive.records(log));
        }
        written = archive.writeAll(tenants, SLICE_MILLIS);
    }

    @Test
    void wholeArchiveIsFine() throws Exception {
        VerifyReport report = verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.files()).isEqualTo(written.size()).isGreaterThan(5);
        assertThat(report.records())
                .isEqualTo(written.values().stream().mapToLong(List::size).sum());
        assertThat(report.tenants()).isEqualTo(4);
        assertThat(report.unsealedFiles()).isZero();
        assertThat(report.digests()).isEqualTo(last().number()).isGreaterThan(3);
    }

    @Test
    void a2EveryChangedBitIsFoundAndLocated() throws Exception {
        int tries = Integer.getInteger("sluice.audit.mutations", 400);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(files());
        int decoded = 0;
        for (int i = 0; i < tries; i++) {
            String name = names.get(random.nextInt(names.size()));
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            byte[] changed = whole.clone();
            int bit = random.nextInt(8 * whole.length);
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(folder.resolve(name), changed);
            VerifyReport report = verify();
            assertThat(report.findings())
                    .as("seed %s, bit %s of %s", seed, bit, name)
                    .anyMatch(found -> name.equals(found.file()));
            if (written.containsKey(name)) {
                decoded += located(name, report.findings()) ? 1 : 0;
            }
            Files.write(folder.resolve(name), whole);
        }
        System.out.println(decoded + " of " + tries + " could be located to a record");
        assertThat(verify().isFine()).as("undone").isTrue();
    }

    /** Whether records were changed; that they are named is checked. */
    private boolean located(String name, List<AuditFinding> findings) {
        List<AuditRecord> seen;
        try {
            seen = WrittenArchive.read(folder.resolve(name));
        } catch (IOException e) {
            assertThat(findings).extracting(AuditFinding::kind).contains(Kind.UNREADABLE_FILE);
            return false;
        }
        List<AuditRecord> before = Objects.requireNonNull(written.get(name));
        boolean changed = false;
        for (int i = 0; i < Math.min(seen.size(), before.size()); i++) {
            AuditRecord record = before.get(i);
            if (!seen.get(i).equals(record)) {
                changed = true;
                assertThat(findings)
                        .anyMatch(
                                found ->
                                        record.tenantId().equals(found.tenantId())
                                                && record.seq() == found.seq());
            }
        }
        return changed;
    }

    @Test
    void changedRecordIsNamedWhereverItsFileDecodes() throws Exception {
        String name = written.keySet().iterator().next();
        List<AuditRecord> records = new ArrayList<>(Objects.requireNonNull(written.get(name)));
        for (int i = 0; i < records.size(); i += 5) {
            AuditRecord record = records.get(i);
            for (AuditRecord forged : forged(record)) {
                records.set(i, forged);
                archive.writeUnsealed(name, records);
                assertThat(verify().findings())
                        .anyMatch(found -> found.kind() == Kind.CHANGED_FILE)
                        .anyMatch(
                                found ->
                                        found.kind() == Kind.CHANGED_RECORD
                                                && record.tenantId().equals(found.tenantId())
                                                && found.seq() == record.seq());
            }
            records.set(i, record);
        }
        archive.writeUnsealed(name, records);
        assertThat(verify().isFine()).as("the writer writes the same file again").isTrue();
    }

    /** The record with each of its parts changed. */
    private static List<AuditRecord> forged(AuditRecord record) {
        byte[] body = record.body().clone();
        body[body.length / 2] ^= 1;
        byte[] hash = record.hash().clone();
        hash[7] ^= 4;
        return List.of(
                forged(record, record.tenantId(), record.seq(), 0, record.hash(), body),
                forged(record, record.tenantId(), record.seq(), 0, hash, record.body()),
                forged(record, "tenant-9", record.seq(), 0, record.hash(), record.body()),
                forged(record, record.tenantId(), 1_000_000, 0, record.hash(), record.body()),
                forged(record, record.tenantId(), record.seq(), 1, record.hash(), record.body()));
    }

    private static AuditRecord forged(
            AuditRecord record, String tenant, long seq, long later, byte[] hash, byte[] body) {
        return new AuditRecord(
                tenant, seq, record.kind(), record.arrivedAtMillis() + later, hash, body);
    }

    @Test
    void deletedFileIsFound() throws Exception {
        for (String name : files()) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            Files.delete(folder.resolve(name));
            boolean newestDigest = name.equals(WrittenArchive.name(last()));
            VerifyReport report = verify(head(last()));
            assertThat(report.findings())
                    .as(name)
                    .anyMatch(
                            found ->
                                    newestDigest
                                            ? found.kind() == Kind.TRUNCATED
                                            : found.kind() == Kind.MISSING_DIGEST
                                                    || (found.kind() == Kind.MISSING_FILE
                                                            && name.equals(found.file())));
            Files.write(folder.resolve(name), whole);
        }
    }

    @Test
    void insertedFileIsFound() throws Exception {
        String name = written.keySet().iterator().next();
        Path copy = folder.resolve(name).resolveSibling("audit-9-9.parquet");
        Files.copy(folder.resolve(name), copy);
        assertThat(verify().findings())
                .anyMatch(
                        found ->
                                found.kind() == Kind.UNKNOWN_FILE
                                        && folder.relativize(copy).toString().equals(found.file()));
        Files.delete(copy);
        Path digest = folder.resolve(WrittenArchive.name(last()));
        Path again = digest.resolveSibling(digest.getFileName() + "-2.json");
        Files.copy(digest, again);
        assertThat(verify().findings())
                .anyMatch(found -> folder.relativize(again).toString().equals(found.file()));
    }

    @Test
    void fileOfNoHourIsFound() throws Exception {
        Path whole = folder.resolve(written.keySet().iterator().next());
        for (String name :
                List.of(
                        "date=2026-13-45/hour=00/audit-0-1.parquet",
                        "date=2026-11-27/hour=77/audit-0-1.parquet",
                        "date=2026-11-27/hour=07/more/audit-0-1.parquet",
                        "date=2026-11-27/hour=07/audit-0-1.gz",
                        "audit-0-1.parquet")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.copy(whole, file);
            assertThat(verify().findings())
                    .as(name)
                    .anyMatch(
                            found ->
                                    found.kind() == Kind.UNKNOWN_FILE && name.equals(found.file()));
            Files.delete(file);
        }
    }

    @Test
    void exchangedFilesAreFound() throws Exception {
        List<String> names = new ArrayList<>(files());
        for (int i = 1; i < names.size(); i++) {
            exchange(names.get(i - 1), names.get(i));
            String first = names.get(i - 1);
            String second = names.get(i);
            assertThat(verify().findings())
                    .anyMatch(found -> first.equals(found.file()))
                    .anyMatch(found -> second.equals(found.file()));
            exchange(names.get(i - 1), names.get(i));
        }
    }

    private void exchange(String one, String other) throws IOException {
        Path aside = folder.resolve("aside");
        Files.move(folder.resolve(one), aside);
        Files.move(folder.resolve(other), folder.resolve(one));
        Files.move(aside, folder.resolve(other));
    }

    @Test
    void cutOffFileIsFound() throws Exception {
        Random random = new Random(5);
        for (String name : files()) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            byte[] part = Arrays.copyOf(whole, random.nextInt(whole.length));
            Files.write(folder.resolve(name), part);
            assertThat(verify().findings()).anyMatch(found -> name.equals(found.file()));
            Files.write(folder.resolve(name), whole);
        }
    }

    @Test
    void cutOffEndIsFoundByWhoeverKnowsANewerHead() throws Exception {
        TrustedHead head = head(last());
        List<String> digests =
                files().stream().filter(name -> name.startsWith("digests")).sorted().toList();
        Set<String> gone = new HashSet<>(written.keySet());
        // The last two digests and all files that they name: as if the minutes had never been.
        for (String name : digests.subList(digests.size() - 2, digests.size())) {
            Digest digest =
                    io.sluice.contract.json.SignedDigestJson.digest(
                            Files.readAllBytes(folder.resolve(name)));
            digest.files().forEach(file -> folder.resolve(file.name()).toFile().delete());
            Files.delete(folder.resolve(name));
        }
        assertThat(gone).isNotEmpty();
        assertThat(verify().findings()).as("the rest is one whole archive").isEmpty();
        assertThat(verify(head).findings())
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.TRUNCATED))
                .satisfies(found -> assertThat(found.message()).contains("last one that is"));
    }

    @Test
    void a4SecondWritersHistoryIsFoundAsAFork() throws Exception {
        String tenant = "tenant-1";
        List<AuditRecord> own =
                written.values().stream()
                        .flatMap(List::stream)
                        .filter(record -> record.tenantId().equals(tenant))
                        .sorted((a, b) -> Long.compare(a.seq(), b.seq()))
                        .toList();
        AuditRecord parent = own.get(own.size() - 3);
        byte[] body =
                new String(own.get(own.size() - 2).body(), StandardCharsets.UTF_8)
                        .replace("\"engine\":\"1\"", "\"engine\":\"2\"")
                        .getBytes(StandardCharsets.UTF_8);
        AuditRecord other =
                AuditRecord.seal(
                        tenant,
                        parent.seq() + 1,
                        AuditKind.ofWireName(own.get(own.size() - 2).kind().wireName()),
                        own.get(own.size() - 2).arrivedAtMillis(),
                        body);
        archive.write("date=2026-11-28/hour=23/audit-0-77.parquet", List.of(other));
        archive.seal(last().toMillis() + 60_000);
        assertThat(verify().findings())
                .anyMatch(
                        found ->
                                (found.kind() == Kind.FORK || found.kind() == Kind.REPEATED)
                                        && tenant.equals(found.tenantId())
                                        && found.seq() == other.seq());
    }

    @Test
    void otherSealersDigestIsFoundByTheHead() throws Exception {
        TrustedHead other = new TrustedHead("the anchor", last().number(), "0".repeat(64));
        assertThat(verify(other).findings())
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.FORK))
                .satisfies(found -> assertThat(found.message()).contains("the anchor"));
    }

    @Test
    void digestOfAnUnknownKeyIsNone() throws Exception {
        VerifyReport report =
                new ArchiveVerifier(
                                ArchiveFolder.at(folder),
                                List.of(Ed25519Keys.generate().getPublic()),
                                List.of(),
                                VerifyScope.all(),
                                2,
                                QUIET)
                        .run();
        assertThat(report.digests()).isZero();
        assertThat(report.findings())
                .hasSize((int) last().number())
                .allMatch(found -> found.message().contains("none of those given"));
    }

    @Test
    void recordsAfterTheLastDigestAreNotYetSealed() throws Exception {
        List<AuditRecord> more = new ArrayList<>();
        byte[] previous = AuditRecord.genesis();
        for (int seq = 1; seq <= 3; seq++) {
            byte[] body =
                    """
                    {"arrived_at_millis":5,"kind":"command","prev_hash":"%s","seq":%d,"tenant_id":"new"}"""
                            .formatted(io.sluice.contract.audit.Hex.of(previous), seq)
                            .getBytes(StandardCharsets.UTF_8);
            AuditRecord record = AuditRecord.seal("new", seq, AuditKind.COMMAND, 5, body);
            more.add(record);
            previous = record.hash();
        }
        archive.writeUnsealed("date=2026-11-28/hour=23/audit-0-78.parquet", more);
        VerifyReport report = verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.unsealedFiles()).isEqualTo(1);
        assertThat(report.unsealedRecords()).isEqualTo(3);
    }

    @Test
    void partOfAnArchiveIsCheckedByItself() throws Exception {
        Map<Long, Long> hours = new TreeMap<>();
        written.values().stream()
                .flatMap(List::stream)
                .forEach(r -> hours.merge(r.arrivedAtMillis() / 3_600_000, 1L, Long::sum));
        long first = hours.keySet().iterator().next() * 3_600_000;
        VerifyScope scope = new VerifyScope(first, first + 1, "tenant-2");
        VerifyReport report =
                new ArchiveVerifier(
                                ArchiveFolder.at(folder),
                                List.of(archive.publicKey()),
                                List.of(),
                                scope,
                                1,
                                QUIET)
                        .run();
        assertThat(report.findings()).isEmpty();
        assertThat(report.tenants()).isEqualTo(1);
        assertThat(report.records()).isEqualTo(hours.values().iterator().next());
    }

    @Test
    void madeUpHistoryInAnHourOfLongAgoIsFound() throws Exception {
        byte[] body =
                """
                {"arrived_at_millis":5,"kind":"command","prev_hash":"%s","seq":1,"tenant_id":"new"}"""
                        .formatted("0".repeat(64))
                        .getBytes(StandardCharsets.UTF_8);
        String name = "date=2001-01-01/hour=00/audit-0-79.parquet";
        archive.writeUnsealed(
                name, List.of(AuditRecord.seal("new", 1, AuditKind.COMMAND, 5, body)));
        assertThat(verify().findings())
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.UNKNOWN_FILE))
                .satisfies(found -> assertThat(found.file()).isEqualTo(name));
    }

    private VerifyReport verify(TrustedHead... heads) throws Exception {
        return new ArchiveVerifier(
                        ArchiveFolder.at(folder),
                        List.of(archive.publicKey()),
                        List.of(heads),
                        VerifyScope.all(),
                        2,
                        QUIET)
                .run();
    }

    private TrustedHead head(Digest digest) {
        return new TrustedHead("the head", digest.number(), digest.hash());
    }

    private Digest last() {
        return Objects.requireNonNull(archive.last());
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            Set<String> names = new HashSet<>();
            paths.filter(Files::isRegularFile)
                    .forEach(path -> names.add(folder.relativize(path).toString()));
            return names;
        }
    }
}
