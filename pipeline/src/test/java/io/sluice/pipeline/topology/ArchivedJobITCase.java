package io.sluice.pipeline.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.audit.AuditFinding;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.ChainBook;
import io.sluice.contract.audit.FileChains;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.AuditedEngine;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.MemoryTenantState;
import io.sluice.pipeline.enforce.NoEffects;
import io.sluice.pipeline.enforce.RecordedLogs;
import io.sluice.pipeline.enforce.TenantState;
import io.sluice.sinks.archive.ArchiveFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A1, A4: however often the job is killed, and however it is rescaled, the archive has every
 * transition of the engine exactly once, in one chain per tenant, to the bit what the engine alone
 * records; the stream has the same, some of them again.
 *
 * <p>System property {@code sluice.deep} asks for more kills and events, {@code sluice.seed} for
 * one seed.
 */
class ArchivedJobITCase {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final int TENANTS = 24;
    private static final int STEPS = DEEP ? 400 : 100;
    private static final int KILLS = DEEP ? 10 : 3;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, List<LogRecord>> logs = RecordedLogs.of(seed, TENANTS, STEPS);
    private final List<LogRecord> log = RecordedLogs.merged(logs, seed);
    private final Map<String, AuditRecord> expected = new TreeMap<>();

    @TempDir Path folder;

    @BeforeEach
    void engineAloneReadsEveryLog() {
        System.out.println("ArchivedJobITCase: seed " + seed + ", " + log.size() + " events");
        logs.values().forEach(own -> records(own).forEach(r -> expected.put(name(r), r)));
        assertThat(expected).hasSizeGreaterThan(TENANTS * 10);
    }

    @Test
    void a1A4KillsLeaveEveryRecordOnceInTheArchive() throws Exception {
        Path archive = folder.resolve("archive");
        PlayedLog played =
                new PlayedJob(folder).play(log, 2, Interruptions.kills(KILLS, random), archive);
        assertThat(played.runs()).hasSize(KILLS + 1);
        assertArchived(archive);
        assertThat(played.audit).as("published, some again").hasSizeGreaterThan(expected.size());
        assertPublished(played);
        assertDocumentsAreThere(archive);
    }

    @Test
    void a1A4RescalingLeavesEveryRecordOnceInTheArchive() throws Exception {
        Path archive = folder.resolve("archive");
        double part = 0.2 + 0.6 * random.nextDouble();
        PlayedLog played = new PlayedJob(folder).rescale(archive, log, 2, part, 8).get(0);
        assertArchived(archive);
        assertThat(played.audit).hasSize(expected.size());
        assertPublished(played);
    }

    private void assertArchived(Path archive) throws IOException {
        List<AuditFinding> findings = new ArrayList<>();
        ChainBook book = new ChainBook(true, findings::add);
        Map<String, AuditRecord> seen = new TreeMap<>();
        for (Path file : files(archive, ".parquet")) {
            FileChains chains = new FileChains(file.toString(), findings::add);
            for (AuditRecord record : read(file)) {
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

    private static List<AuditRecord> records(List<LogRecord> own) {
        AuditedEngine engine = new AuditedEngine();
        TenantState state = new MemoryTenantState();
        NoEffects effects = new NoEffects();
        List<AuditRecord> all = new ArrayList<>();
        for (LogRecord record : own) {
            long atMillis = record.arrivedAtMillis();
            AuditRecord next;
            if (record.event() instanceof RequestEvent request) {
                next = engine.onRequest(state, request.facts(), atMillis, effects);
            } else if (record.event() instanceof OutcomeEvent outcome) {
                next = engine.onOutcome(state, outcome.facts(), atMillis, effects);
            } else {
                CommandEvent command = (CommandEvent) record.event();
                next = engine.onCommand(state, command, atMillis, effects);
            }
            if (next != null) {
                all.add(next);
            }
        }
        return all;
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

    private static List<AuditRecord> read(Path path) throws IOException {
        List<AuditRecord> records = new ArrayList<>();
        try (ArchiveFile file = ArchiveFile.open(path)) {
            AuditRecord next = file.next();
            while (next != null) {
                records.add(next);
                next = file.next();
            }
        }
        return records;
    }
}
