package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.sinks.verify.ArchiveFolder;
import io.sluice.sinks.verify.GrowthProof;
import io.sluice.sinks.verify.ProofJson;
import io.sluice.sinks.verify.ProofMaker;
import io.sluice.sinks.verify.RecordProof;
import io.sluice.sinks.verify.SignedDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs are made from an archive and checked without it. */
class ProofTest {
    @TempDir private Path folder;
    private WrittenArchive archive;
    private List<AuditRecord> records;

    @BeforeEach
    void write() throws Exception {
        archive = new WrittenArchive(folder);
        List<List<AuditRecord>> tenants = new ArrayList<>();
        SimulatedLogs.of(12, 3, 200)
                .logs
                .values()
                .forEach(log -> tenants.add(WrittenArchive.records(log)));
        archive.writeAll(tenants, 60_000);
        records = tenants.stream().flatMap(List::stream).toList();
    }

    @Test
    void everyRecordCanBeProvedWithoutTheArchive() throws Exception {
        ProofMaker maker = ProofMaker.of(ArchiveFolder.at(folder), Long.MAX_VALUE);
        for (AuditRecord record : records) {
            RecordProof made =
                    Objects.requireNonNull(maker.record(record.tenantId(), record.seq()));
            RecordProof read = Objects.requireNonNull(ProofJson.record(carried(made)));
            assertThat(read.refuted()).isNull();
            assertThat(read.digest().refuted(List.of(archive.publicKey()))).isNull();
            assertThat(read.bodies().get(0)).isEqualTo(record.body());
            assertThat(read.record().seq()).isEqualTo(record.seq());
        }
    }

    @Test
    void noBitOfAProofCanBeChanged() throws Exception {
        ProofMaker maker = ProofMaker.of(ArchiveFolder.at(folder), Long.MAX_VALUE);
        AuditRecord record = records.get(records.size() / 2);
        byte[] text =
                Json.bytes(
                        ProofJson.write(
                                Objects.requireNonNull(
                                        maker.record(record.tenantId(), record.seq()))));
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] changed = text.clone();
            int bit = random.nextInt(8 * text.length);
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(proves(changed, text)).as("seed %s, bit %s", seed, bit).isFalse();
        }
        assertThat(proves(text, new byte[0])).isTrue();
    }

    /** Whether these bytes prove something else than the others do. */
    private boolean proves(byte[] bytes, byte[] others) {
        try {
            RecordProof proof = ProofJson.record(Json.parse(bytes));
            return proof != null
                    && proof.refuted() == null
                    && proof.digest().refuted(List.of(archive.publicKey())) == null
                    && !java.util.Arrays.equals(others, Json.bytes(ProofJson.write(proof)));
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    @Test
    void growthIsProvedFromEveryDigestOn() throws Exception {
        ArchiveFolder from = ArchiveFolder.at(folder);
        ProofMaker maker = ProofMaker.of(from, Long.MAX_VALUE);
        for (String name : from.digests()) {
            SignedDigest earlier = SignedDigest.of(Files.readAllBytes(folder.resolve(name)));
            GrowthProof read =
                    Objects.requireNonNull(
                            ProofJson.growth(
                                    Json.parse(Json.bytes(ProofJson.write(maker.since(earlier))))));
            assertThat(read.refuted()).isNull();
            assertThat(read.earlier().refuted(List.of(archive.publicKey()))).isNull();
        }
    }

    @Test
    void anotherArchiveIsNoGrowth(@TempDir Path elsewhere) throws Exception {
        WrittenArchive other = new WrittenArchive(elsewhere);
        for (int i = 1; i <= 3; i++) {
            other.write("date=2026-11-27/hour=0" + i + "/audit-0-0.parquet", records.subList(0, i));
            other.seal(i * 60_000L);
        }
        SignedDigest earlier =
                Objects.requireNonNull(ProofMaker.newest(ArchiveFolder.at(elsewhere)));
        GrowthProof proof = ProofMaker.of(ArchiveFolder.at(folder), Long.MAX_VALUE).since(earlier);
        assertThat(proof.refuted()).contains("is not the earlier one");
        assertThat(earlier.refuted(List.of(Ed25519Keys.generate().getPublic())))
                .contains("none of those given");
        SignedDigest whole = Objects.requireNonNull(ProofMaker.newest(ArchiveFolder.at(folder)));
        assertThatThrownBy(
                        () ->
                                ProofMaker.of(ArchiveFolder.at(elsewhere), Long.MAX_VALUE)
                                        .since(whole))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it was cut off");
    }

    @Test
    void whatIsNotSealedHasNoProof() throws Exception {
        ProofMaker maker = ProofMaker.of(ArchiveFolder.at(folder), 1);
        AuditRecord last = records.get(records.size() - 1);
        assertThat(maker.record(last.tenantId(), last.seq())).isNull();
        assertThat(maker.record("tenant-9", 1)).isNull();
    }

    private static ObjectNode carried(RecordProof proof) {
        return (ObjectNode) Json.parse(Json.bytes(ProofJson.write(proof)));
    }
}
