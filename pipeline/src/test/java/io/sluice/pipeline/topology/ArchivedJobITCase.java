package io.sluice.pipeline.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainBook;
import io.sluice.contract.audit.FileChains;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.RecordedLogs;
import io.sluice.pipeline.replay.WrittenArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A1, A4: however often the job is killed, and however it is rescaled, the archive has every
 * transition of the engine exactly once, in one chain per tenant, to the bit what the engine alone
 * records; the stream has the same, some of them again.
 *
 * <p>System property {@code sluice.deep} asks for ten seeds, every parallelism, and more kills and
 * events, {@code sluice.seed} for one seed.
 */
class ArchivedJobITCase {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final int SEEDS = DEEP ? 10 : 1;
    private static final int TENANTS = 24;
    private static final int STEPS = DEEP ? 400 : 100;
    private static final int KILLS = DEEP ? 10 : 3;
    private static final int[] PARALLELISMS = DEEP ? new int[] {1, 2, 8} : new int[] {2};
    private static final int[][] RESCALES =
            DEEP ? new int[][] {{1, 8}, {8, 2}, {2, 1}} : new int[][] {{2, 8}};

    private final Map<String, AuditRecord> expected = new TreeMap<>();

    @TempDir Path folder;

    static LongStream seeds() {
        Long given = Long.getLong("sluice.seed");
        long first = given == null ? System.nanoTime() : given;
        return LongStream.range(first, given == null ? first + SEEDS : first + 1);
    }

    private List<LogRecord> engineAloneReadsEveryLog(long seed) {
        Map<String, List<LogRecord>> logs = RecordedLogs.of(seed, TENANTS, STEPS);
        List<LogRecord> log = RecordedLogs.merged(logs, seed);
        System.out.println("ArchivedJobITCase: seed " + seed + ", " + log.size() + " events");
        logs.values()
                .forEach(own -> WrittenArchive.records(own).forEach(r -> expected.put(name(r), r)));
        assertThat(expected).hasSizeGreaterThan(TENANTS * 10);
        return log;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a1A4KillsLeaveEveryRecordOnceInTheArchive(long seed) throws Exception {
        List<LogRecord> log = engineAloneReadsEveryLog(seed);
        Random random = new Random(seed);
        PlayedJob job = new PlayedJob(folder);
        for (int parallelism : PARALLELISMS) {
            Path archive = folder.resolve("archive-" + parallelism);
            PlayedLog played =
                    job.play(log, parallelism, Interruptions.kills(KILLS, random), archive);
            assertThat(played.runs()).hasSize(KILLS + 1);
            assertArchived(archive);
            assertThat(played.audit)
                    .as("published, some again")
                    .hasSizeGreaterThan(expected.size());
            assertPublished(played);
            assertDocumentsAreThere(archive);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a1A4RescalingLeavesEveryRecordOnceInTheArchive(long seed) throws Exception {
        List<LogRecord> log = engineAloneReadsEveryLog(seed);
        Random random = new Random(seed);
        PlayedJob job = new PlayedJob(folder);
        for (int[] rescale : RESCALES) {
            Path archive = folder.resolve("archive-" + rescale[0] + "-to-" + rescale[1]);
            double part = 0.2 + 0.6 * random.nextDouble();
            PlayedLog played = job.rescale(archive, log, rescale[0], part, rescale[1]).get(0);
            assertArchived(archive);
            assertThat(played.audit).hasSize(expected.size());
            assertPublished(played);
        }
    }

    private void assertArchived(Path archive) throws IOException {
        List<AuditFinding> findings = new ArrayList<>();
        ChainBook book = new ChainBook(true, findings::add);
        Map<String, AuditRecord> seen = new TreeMap<>();
        for (Path file : files(archive, ".parquet")) {
            FileChains chains = new FileChains(file.toString(), findings::add);
            for (AuditRecord record : WrittenArchive.read(file)) {
                chains.add(record);
                assertThat(seen.put(name(record), record)).as("again: %s", record).isNull();
            }
            chains.segments().forEach(book::add);
        }
        book.end();
        assertThat(findings).isEmpty();
        assertThat(seen).isEqualTo(expected);
    }

    private void assertPublished(PlayedLog played) {
        Map<String, AuditRecord> seen = new TreeMap<>();
        for (AuditRecord record : played.audit) {
            AuditRecord before = seen.put(name(record), record);
            assertThat(before == null || before.equals(record)).as("same again").isTrue();
        }
        assertThat(seen).isEqualTo(expected);
    }

    /** Whatever a record names by hash can be looked up. */
    private void assertDocumentsAreThere(Path archive) {
        List<String> hashes =
                expected.values().stream()
                        .map(record -> Json.parse(record.body()).path("input").path("policy"))
                        .filter(policy -> policy.has("tier"))
                        .map(policy -> policy.path("hash").asText())
                        .distinct()
                        .toList();
        assertThat(hashes).isNotEmpty();
        for (String hash : hashes) {
            Path file = archive.resolve("policies/" + hash + ".json");
            assertThat(file).exists();
        }
        assertThat(archive.resolve("prices/" + PriceBookJson.shipped().version() + ".json"))
                .exists();
    }

    private static String name(AuditRecord record) {
        return record.tenantId() + ' ' + record.seq();
    }

    private static List<Path> files(Path archive, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(archive)) {
            return all.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }
}
