package io.sluice.pipeline.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.UsageItem;
import io.sluice.pipeline.enforce.EngineAlone;
import io.sluice.pipeline.enforce.Exit;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.RecordedLogs;
import io.sluice.pipeline.replay.SimulatedLogs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * R11, A1, R9: one recorded log of many tenants gives, to the bit and in order, what the engine
 * alone gives: in however many parts the job reads it, however often it is killed, however it is
 * rescaled, and whoever else is on the log.
 *
 * <p>System property {@code sluice.deep} asks for more kills and events, {@code sluice.seed} for
 * one seed.
 */
class ReplayedJobITCase {
    private static final boolean DEEP = Boolean.getBoolean("sluice.deep");
    private static final int TENANTS = 48;
    private static final int STEPS = DEEP ? 400 : 120;
    private static final int KILLS = DEEP ? 10 : 4;

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, List<LogRecord>> logs = RecordedLogs.of(seed, TENANTS, STEPS);
    private final List<LogRecord> log = RecordedLogs.merged(logs, seed);
    private final Map<String, Map<Exit, List<String>>> expected = new TreeMap<>();

    @TempDir Path folder;

    @BeforeEach
    void engineAloneReadsEveryLog() {
        System.out.println("ReplayedJobITCase: seed " + seed + ", " + log.size() + " events");
        logs.forEach((tenantId, own) -> expected.put(tenantId, EngineAlone.outputs(own)));
    }

    @Test
    void r11A1EveryParallelismGivesWhatTheEngineGives() throws Exception {
        PlayedJob job = new PlayedJob(folder);
        for (int parallelism : new int[] {1, 2, 8}) {
            assertGaveOutOnce(job.play(log, parallelism, Interruptions.none()));
        }
    }

    @Test
    void a1KillsAndRestoresRepeatButChangeNothing() throws Exception {
        PlayedLog played = new PlayedJob(folder).play(log, 2, Interruptions.kills(KILLS, random));
        assertThat(played.runs()).hasSize(KILLS + 1);
        int repeated = 0;
        for (String tenantId : expected.keySet()) {
            repeated +=
                    Played.assertGaveOut(
                            played, tenantId, expected.get(tenantId), Integer.MAX_VALUE);
        }
        assertThat(repeated).as("lines given again").isPositive();
        assertSameUsage(played);
    }

    @Test
    void r11A1RescalingFromASavepointChangesAndRepeatsNothing() throws Exception {
        double part = 0.2 + 0.6 * random.nextDouble();
        for (PlayedLog played : new PlayedJob(folder).rescale(log, 2, part, 8, 1)) {
            assertThat(played.runs()).hasSize(2);
            assertGaveOutOnce(played);
        }
    }

    @Test
    void r9ATenantAloneGivesWhatItGivesBesideAllOthers() throws Exception {
        String alone = "tenant-" + random.nextInt(TENANTS);
        List<LogRecord> own = logs.get(alone);
        PlayedLog played = new PlayedJob(folder).play(own, 1, Interruptions.none());
        PlayedLog beside = new PlayedJob(folder).play(log, 2, Interruptions.none());
        assertThat(played.runs().get(0).outputs.keySet()).containsExactly(alone);
        assertThat(played.runs().get(0).outputs.get(alone))
                .isEqualTo(beside.runs().get(0).outputs.get(alone));
    }

    @Test
    void r11A1TheJobDecidesOnASimulationsLogsWhatTheSimulationDecided() throws Exception {
        SimulatedLogs simulated = SimulatedLogs.of(seed, 12, DEEP ? 20_000 : 3_000);
        List<LogRecord> all = RecordedLogs.merged(simulated.logs, seed);
        PlayedLog.Run run = new PlayedJob(folder).play(all, 2, Interruptions.none()).runs().get(0);
        Map<String, List<String>> seen = new TreeMap<>();
        run.outputs.keySet().forEach(id -> seen.put(id, Played.decisions(run, id)));
        assertThat(seen).isEqualTo(simulated.decisions);
        assertThat(simulated.decisions.toString())
                .contains("cache_hit", "coalesced", "requests-per-minute", "queue-full")
                .contains("tokens-per-minute", "downgraded_to", "budget-per-month");
    }

    @Test
    void theLogHasEveryEndAndEveryLimit() {
        String all = expected.toString();
        assertThat(
                        Stream.of(
                                        "invoked, coalesced, cache_hit, withdraw , after [{",
                                        "requests-per-minute, requests-per-day, tokens-per-minute",
                                        "budget-per-day, budget-per-month, queue-full, shadow",
                                        "downgraded_to, warnings, cancelled, model-not-allowed",
                                        "\"clock_adjusted\":true, alert_")
                                .flatMap(words -> Stream.of(words.split(", ", -1)))
                                .filter(word -> !all.contains(word)))
                .as("what nothing was decided by")
                .isEmpty();
        assertThat(
                        log.stream()
                                .filter(record -> record.event() instanceof OutcomeEvent)
                                .map(record -> ((OutcomeEvent) record.event()).facts().reason()))
                .contains("lane-full", "deadline", "model-error");
    }

    private void assertGaveOutOnce(PlayedLog played) {
        expected.forEach((id, lines) -> Played.assertGaveOut(played, id, lines, 0));
        assertSameUsage(played);
    }

    private void assertSameUsage(PlayedLog played) {
        Map<String, String> rows = new TreeMap<>();
        logs.values()
                .forEach(
                        own ->
                                RecordedLogs.usage(own)
                                        .values()
                                        .forEach(item -> rows.put(name(item), spelled(item))));
        Map<String, String> seen = new TreeMap<>();
        played.usage.values().forEach(item -> seen.put(name(item), spelled(item)));
        assertThat(seen).isEqualTo(rows);
        assertThat(played.letters.get()).isZero();
    }

    private static String name(UsageItem item) {
        return item.tenantId() + ' ' + item.key().rangeKey();
    }

    private static String spelled(UsageItem item) {
        return item.counts().toString();
    }
}
