package io.sluice.pipeline.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.json.EventJson;
import io.sluice.pipeline.enforce.EngineAlone;
import io.sluice.pipeline.enforce.Exit;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.RecordedLogs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A savepoint that an earlier build wrote half-way through a log is restored by this one, with the
 * same and another parallelism, and the rest of the log gives what the engine gives that has read
 * it all: windows, holds, caches, conversations and ids of a few tenants are in it.
 *
 * <p>Written once for each layout of the state with {@code -Dsluice.golden.write=true} and never
 * edited. What the connector keeps of its shards is not in it, and neither is a call in flight: the
 * log is played, not read from Kinesis, and its calls are over at once.
 */
class SavedStateITCase {
    private static final Path GOLDEN = Path.of("src/test/resources/state/savepoint-v1");
    private static final Path LOG = GOLDEN.resolve("log.gz");
    private static final Path SAVEPOINT = GOLDEN.resolve("savepoint");
    private static final long MOST_BYTES = 500_000;
    private static final long SEED = 4;
    private static final int TENANTS = 8;
    private static final int STEPS = 120;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void savepointOfTheLayoutIsRestoredAndGoesOnAsTheEngineDoes(int parallelism) throws Exception {
        write();
        List<LogRecord> log = read();
        String name = "saved-state-" + parallelism;
        PlayedLog played = PlayedLog.create(name, log, Interruptions.none());
        new PlayedJob(folder).goOn(name, parallelism, SAVEPOINT.toAbsolutePath().toString());

        Map<String, List<LogRecord>> logs = new TreeMap<>();
        log.forEach(r -> logs.computeIfAbsent(r.tenantId(), id -> new ArrayList<>()).add(r));
        int lines = 0;
        for (Map.Entry<String, List<LogRecord>> tenant : logs.entrySet()) {
            lines += assertGaveOutTheRest(played, tenant.getKey(), tenant.getValue());
        }
        assertThat(lines).as("lines given after the savepoint").isGreaterThan(200);
        assertThat(played.letters.get()).isZero();
        assertRowsAreTheEngines(played, logs);
    }

    @Test
    void savepointIsSmall() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            assertThat(files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum())
                    .isPositive()
                    .isLessThan(MOST_BYTES);
        }
    }

    private static int assertGaveOutTheRest(
            PlayedLog played, String tenantId, List<LogRecord> own) {
        Map<Exit, List<String>> all = EngineAlone.outputs(own);
        int lines = 0;
        // The savepoint is older than alerts, which start with nothing seen.
        for (Exit exit : EnumSet.complementOf(EnumSet.of(Exit.ALERTS))) {
            List<String> seen =
                    played.run(1)
                            .outputs
                            .getOrDefault(tenantId, Map.of())
                            .getOrDefault(exit, List.of());
            List<String> expected = all.get(exit);
            assertThat(seen)
                    .as("%s of %s", exit, tenantId)
                    .isEqualTo(
                            expected.subList(
                                    Math.max(0, expected.size() - seen.size()), expected.size()));
            lines += seen.size();
        }
        return lines;
    }

    /** Rows that moved since the savepoint carry what was counted before it, too. */
    private static void assertRowsAreTheEngines(
            PlayedLog played, Map<String, List<LogRecord>> logs) {
        Map<String, String> rows = new TreeMap<>();
        logs.values()
                .forEach(
                        own ->
                                RecordedLogs.usage(own)
                                        .values()
                                        .forEach(
                                                item ->
                                                        rows.put(
                                                                item.tenantId()
                                                                        + ' '
                                                                        + item.key().rangeKey(),
                                                                item.counts().toString())));
        assertThat(played.usage).isNotEmpty();
        played.usage.forEach(
                (key, item) -> assertThat(item.counts()).as(key).hasToString(rows.get(key)));
    }

    private void write() throws Exception {
        if (Files.exists(LOG) || !Boolean.getBoolean("sluice.golden.write")) {
            return;
        }
        Files.createDirectories(GOLDEN);
        List<LogRecord> log = RecordedLogs.merged(RecordedLogs.of(SEED, TENANTS, STEPS), SEED);
        String name = "saved-state-written";
        PlayedLog played = PlayedLog.create(name, log, Interruptions.stopAt(0.5));
        String savepoint = new PlayedJob(folder).stopHalfWay(played, name, 2, folder.resolve("s"));
        Files.createDirectories(SAVEPOINT);
        try (Stream<Path> files = Files.list(Path.of(java.net.URI.create(savepoint)))) {
            for (Path file : files.toList()) {
                Files.copy(file, SAVEPOINT.resolve(file.getFileName()));
            }
        }
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(LOG)), UTF_8)) {
            for (LogRecord record : log) {
                out.write(
                        record.arrivedAtMillis()
                                + " "
                                + new String(EventJson.write(record.event()), UTF_8)
                                + "\n");
            }
        }
    }

    private static List<LogRecord> read() throws IOException {
        List<LogRecord> log = new ArrayList<>();
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(LOG)), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int space = line.indexOf(' ');
                log.add(
                        new LogRecord(
                                EventJson.read(line.substring(space + 1).getBytes(UTF_8)),
                                Long.parseLong(line.substring(0, space)),
                                String.valueOf(log.size())));
            }
        }
        return log;
    }
}
