package io.sluice.sinks.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.Digest;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.audit.MerkleLog;
import io.sluice.contract.audit.SealedFile;
import io.sluice.contract.json.SignedDigestJson;
import io.sluice.sinks.archive.ArchiveFiles;
import io.sluice.sinks.archive.ArchiveStore;
import io.sluice.sinks.archive.FlinkArchiveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private static final long NINE = 1_795_770_000_000L; // 2026-11-27T09:00:00Z
    private static final long MINUTE = 60_000;
    private static final String HOUR = "date=2026-11-27/hour=09";
    private static final KeyPair KEY = Ed25519Keys.generate();

    private final KeptAnchor anchor = new KeptAnchor();
    private final List<AuditRecord> acme = ArchiveFiles.chain("acme", 30, NINE);
    private final List<AuditRecord> beta = ArchiveFiles.chain("beta", 30, NINE);

    @TempDir private Path folder;
    private ArchiveStore archive;
    private Sealer sealer;

    @BeforeEach
    void open() throws IOException {
        archive = FlinkArchiveStore.at(folder.toUri().toString());
        sealer = sealer();
    }

    private Sealer sealer() {
        return new Sealer(archive, anchor, Ed25519Keys.signing(KEY), Duration.ofDays(8));
    }

    private String add(String name, List<AuditRecord> records) throws IOException {
        ArchiveFiles.write(folder.resolve(name), records);
        return name;
    }

    @Test
    void digestNamesWhatIsNewAndChainsOnToTheOneBefore() throws Exception {
        String a = add(HOUR + "/audit-a.parquet", acme.subList(0, 5));
        Digest first = sealer.seal(NINE);
        add(HOUR + "/audit-b.parquet", beta.subList(0, 3));
        add(HOUR + "/audit-c.parquet", acme.subList(5, 9));
        Digest second = sealer.seal(NINE + MINUTE);
        Digest empty = sealer.seal(NINE + 2 * MINUTE);

        byte[] bytes = Files.readAllBytes(folder.resolve(a));
        assertThat(first.files())
                .containsExactly(new SealedFile(a, Hex.of(AuditRecord.hashOf(bytes)), 5));
        assertThat(first.heads()).containsExactly(head(acme, 5));
        assertThat(first.previous()).isNull();
        assertThat(names(second))
                .containsExactly(HOUR + "/audit-b.parquet", HOUR + "/audit-c.parquet");
        assertThat(second.heads()).containsExactly(head(acme, 9), head(beta, 3));
        assertThat(empty.files()).isEmpty();
        assertThat(empty.heads()).isEmpty();
        assertThat(empty.fromMillis()).isEqualTo(NINE + MINUTE);
        assertThat(chain()).extracting(Digest::number).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsNotCompleteIsNotSealed() throws Exception {
        add(HOUR + "/.audit-a.parquet.inprogress.1f", acme.subList(0, 5));
        add(HOUR + "/.audit-b.parquet", acme.subList(0, 5));
        Files.writeString(folder.resolve(HOUR + "/notes.txt"), "no file of the archive");
        assertThat(sealer.seal(NINE).files()).isEmpty();
        Files.move(
                folder.resolve(HOUR + "/.audit-a.parquet.inprogress.1f"),
                folder.resolve(HOUR + "/audit-a.parquet"));
        assertThat(names(sealer.seal(NINE + MINUTE))).containsExactly(HOUR + "/audit-a.parquet");
    }

    @Test
    void a4CutOffAnywhereItGoesOnWithOneChainAndNamesEveryFileOnce() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> written = new ArrayList<>();
        int cutOff = 0;
        for (int i = 0; i < 30; i++) {
            written.add(add(HOUR + "/audit-" + i + ".parquet", acme.subList(i, i + 1)));
            ArchiveStore whole = archive;
            switch (random.nextInt(4)) {
                case 0 -> archive = new UnreliableStore(whole).failPuts();
                case 1 -> anchor.failure = KeptAnchor.Failure.BEFORE;
                case 2 -> anchor.failure = KeptAnchor.Failure.AFTER;
                default -> {}
            }
            if (random.nextBoolean() || archive != whole) {
                sealer = sealer();
            }
            try {
                sealer.seal(NINE + i * MINUTE);
            } catch (IOException | IllegalStateException e) {
                cutOff++;
                sealer = random.nextBoolean() ? sealer : sealer();
            }
            if (archive != whole) {
                archive = whole;
                sealer = sealer();
            }
            anchor.failure = KeptAnchor.Failure.NONE;
        }
        sealer.seal(NINE + 40 * MINUTE);
        assertThat(cutOff).isPositive();
        List<String> sealed = new ArrayList<>();
        chain().forEach(digest -> sealed.addAll(names(digest)));
        assertThat(sealed).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void a4SecondSealerIsFoundOutAndLeavesOneChain() throws Exception {
        sealer.seal(NINE);
        Sealer second = sealer();
        add(HOUR + "/audit-a.parquet", acme.subList(0, 5));
        second.seal(NINE + MINUTE);
        add(HOUR + "/audit-b.parquet", acme.subList(5, 6));
        assertThatThrownBy(() -> sealer.seal(NINE + MINUTE + 1))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("digest 2 was not anchored: the anchor is 2")
                .hasMessageContaining("Another sealer works on the same archive");
        assertThat(names(sealer.seal(NINE + 2 * MINUTE)))
                .containsExactly(HOUR + "/audit-b.parquet");
        assertThat(chain()).hasSize(3);
    }

    @Test
    void archiveThatWasCutOffIsNotSealedOn() throws Exception {
        sealer.seal(NINE);
        Digest newest = sealer.seal(NINE + MINUTE);
        Files.delete(folder.resolve(DigestFiles.name(newest)));
        assertThatThrownBy(() -> sealer().seal(NINE + 2 * MINUTE))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining(DigestFiles.name(newest) + " is not there")
                .hasMessageContaining("truncated");
    }

    @Test
    void anchorThatIsGoneOrSetBackOrChangedIsNotSealedOn() throws Exception {
        sealer.seal(NINE);
        Anchor first = anchor.anchor;
        add(HOUR + "/audit-a.parquet", acme.subList(0, 5));
        sealer.seal(NINE + MINUTE);
        sealer.seal(NINE + 2 * MINUTE);
        Anchor third = anchor.anchor;
        for (Anchor wrong : new Anchor[] {null, first}) {
            anchor.anchor = wrong;
            assertThatThrownBy(() -> sealer().seal(NINE + 3 * MINUTE))
                    .isInstanceOf(SealingException.class)
                    .hasMessageContaining("the anchor was set back");
        }
        anchor.anchor =
                new Anchor(
                        third.number(),
                        third.hash(),
                        third.toMillis(),
                        third.size(),
                        "0".repeat(64),
                        third.perfect());
        assertThatThrownBy(() -> sealer().seal(NINE + 3 * MINUTE))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("the anchor of digest 3 was changed");
    }

    @Test
    void changedDigestIsNotSealedOn() throws Exception {
        Digest digest = sealer.seal(NINE);
        Path file = folder.resolve(DigestFiles.name(digest));
        Files.writeString(file, Files.readString(file).replace("\"number\":1", "\"number\":2"));
        assertThatThrownBy(() -> sealer().seal(NINE + MINUTE))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("it was changed");
    }

    @Test
    void fileOfLongAgoIsSealedWithinTheHourAndThoseAfterItAtOnce() throws Exception {
        sealer.seal(NINE);
        add("date=2026-11-24/hour=23/audit-a.parquet", acme.subList(0, 1));
        assertThat(sealer.seal(NINE + 59 * MINUTE).files()).isEmpty();
        assertThat(sealer.seal(NINE + 60 * MINUTE).files()).hasSize(1);
        add("date=2026-11-25/hour=00/audit-b.parquet", acme.subList(1, 2));
        assertThat(sealer.seal(NINE + 61 * MINUTE).files()).hasSize(1);
        add("date=2026-11-19/hour=10/audit-c.parquet", acme.subList(2, 3));
        add("date=2026-11-19/hour=08/audit-d.parquet", acme.subList(3, 4));
        assertThat(names(sealer().seal(NINE + 62 * MINUTE)))
                .as("not older than the look-back")
                .containsExactly("date=2026-11-19/hour=10/audit-c.parquet");
    }

    @Test
    void whatASystemThatWasDownReadsLateIsSealedAtOnce() throws Exception {
        add(HOUR + "/audit-a.parquet", acme.subList(0, 1));
        sealer.seal(NINE);
        sealer = sealer();
        sealer.seal(NINE + 600 * MINUTE);
        add("date=2026-11-27/hour=13/audit-b.parquet", acme.subList(1, 2));
        assertThat(sealer.seal(NINE + 601 * MINUTE).files()).hasSize(1);
        add("date=2026-11-27/hour=17/audit-c.parquet", acme.subList(2, 3));
        assertThat(sealer.seal(NINE + 605 * MINUTE).files()).hasSize(1);
    }

    @Test
    void headsNeverGoBack() throws Exception {
        add(HOUR + "/audit-b.parquet", acme.subList(5, 9));
        assertThat(sealer.seal(NINE).heads()).containsExactly(head(acme, 9));
        add(HOUR + "/audit-a.parquet", acme.subList(0, 5));
        assertThat(sealer().seal(NINE + MINUTE).heads()).isEmpty();
    }

    @Test
    void damagedFileIsSealedAsItIs() throws Exception {
        Path file = folder.resolve(HOUR + "/audit-a.parquet");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "no Parquet");
        assertThatThrownBy(() -> sealer.seal(NINE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("audit-a.parquet is no whole archive file");
        Digest digest = sealer.seal(NINE + MINUTE);
        assertThat(digest.number()).isEqualTo(1);
        assertThat(digest.files()).extracting(SealedFile::records).containsExactly(0L);
    }

    @Test
    void fileThatCannotBeReadForAMomentIsSealedWithItsRecords() throws Exception {
        add(HOUR + "/audit-a.parquet", acme.subList(0, 5));
        archive = new UnreliableStore(archive).failNextOpen();
        sealer = sealer();
        assertThatThrownBy(() -> sealer.seal(NINE)).hasMessageContaining("made to fail");
        Digest digest = sealer.seal(NINE + MINUTE);
        assertThat(digest.files()).extracting(SealedFile::records).containsExactly(5L);
        assertThat(digest.heads()).containsExactly(head(acme, 5));
    }

    @Test
    void clockThatGoesBackDoesNotTakeDigestsBack() throws Exception {
        sealer.seal(NINE);
        assertThat(sealer.seal(NINE - MINUTE).toMillis()).isEqualTo(NINE);
        assertThat(chain()).hasSize(2);
    }

    private static ChainHead head(List<AuditRecord> chain, int seq) {
        AuditRecord record = chain.get(seq - 1);
        return new ChainHead(record.tenantId(), seq, Hex.of(record.hash()));
    }

    private static List<String> names(Digest digest) {
        return digest.files().stream().map(SealedFile::name).toList();
    }

    /** The digests of the archive, which are one signed chain up to the anchor. */
    private List<Digest> chain() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.resolve("digests"))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        List<Digest> chain = new ArrayList<>();
        MerkleLog log = MerkleLog.empty();
        Digest before = null;
        for (Path path : files) {
            byte[] file = Files.readAllBytes(path);
            Digest digest = SignedDigestJson.digest(file);
            assertThat(path).isEqualTo(folder.resolve(DigestFiles.name(digest)));
            assertThat(digest.number()).isEqualTo(chain.size() + 1);
            assertThat(digest.previous()).isEqualTo(before == null ? null : before.hash());
            assertThat(
                            Ed25519Keys.isSigned(
                                    KEY.getPublic(),
                                    digest.signed(),
                                    SignedDigestJson.signature(file)))
                    .isTrue();
            digest.leaves().forEach(log::append);
            assertThat(digest.root()).isEqualTo(Hex.of(log.root()));
            chain.add(digest);
            before = digest;
        }
        assertThat(anchor.anchor.hash()).isEqualTo(before.hash());
        return chain;
    }
}
