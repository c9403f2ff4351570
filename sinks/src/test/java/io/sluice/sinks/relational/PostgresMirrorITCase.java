package io.sluice.sinks.relational;

import static io.sluice.sinks.relational.MirrorRows.NEW_YEAR;
import static io.sluice.sinks.relational.MirrorRows.item;
import static io.sluice.sinks.relational.MirrorRows.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.sinks.ManualContext;
import io.sluice.sinks.ManualMailbox;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real PostgreSQL; each test has a database of its own. */
class PostgresMirrorITCase {
    private static LocalPostgres postgres;

    private final List<Subtask> subtasks = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        postgres = LocalPostgres.start();
        postgres.execute(
                "postgres", "CREATE ROLE mirror LOGIN CREATEDB", "CREATE ROLE reader LOGIN");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @AfterEach
    void closeSubtasks() {
        subtasks.forEach(subtask -> subtask.writer.close());
    }

    @Test
    void everyValueArrivesAsItWas() throws Exception {
        Subtask subtask = subtask(database("exact"));
        subtask.write(usage("acme", 0, 1));
        subtask.write(
                MirrorRow.of(
                        item("acme", 0, 2)
                                .key(
                                        MirrorRows.key(0)
                                                .agentId("grüß\0")
                                                .lateDayMillis(NEW_YEAR + 86_400_000)
                                                .build())
                                .build(),
                        false));
        subtask.write(MirrorRow.of(MirrorRows.result("acme", "r1", "TOP SECRET"), false));
        subtask.drain();

        assertThat(
                        postgres.query(
                                "exact",
                                "SELECT tenant_id, granularity, window_start AT TIME ZONE 'UTC',"
                                        + " agent_id, late_day, requests, cost_usd, version"
                                        + " FROM usage_windows ORDER BY late_day"))
                .containsExactly(
                        "acme|minute|2026-01-01 00:00:00|-|-infinity|1|9223372036854.775808000001|1",
                        "acme|minute|2026-01-01 00:00:00|grüß\uFFFD|2026-01-02|2"
                                + "|18446744073709.551616000002|2");
        assertThat(
                        postgres.query(
                                "exact",
                                "SELECT tenant_id, request_id, status, decision, reason, region,"
                                        + " input_tokens, output_tokens, cost_usd, unpriced, latency_ms,"
                                        + " finished_at AT TIME ZONE 'UTC' FROM results"))
                .containsExactly(
                        "acme|r1|succeeded|invoked|null|null|12|34|9007.199254740993|f|321"
                                + "|2026-01-01 00:00:00.321");
    }

    /**
     * Any versions in any order, each any number of times, from two subtasks at once: the highest
     * one of each row stands, and the view adds up what came late.
     */
    @Test
    void highestVersionStandsHoweverRowsCome() throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("PostgresMirrorITCase seed " + seed);
        Random random = new Random(seed);
        MirrorSettings settings = database("any_order");
        Map<String, Long> highest = new HashMap<>();
        List<MirrorRow> rows = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            boolean late = random.nextInt(4) == 0;
            int minute = random.nextInt(40);
            long version = random.nextInt(1_000);
            MirrorRow row = late ? lateRow(minute, version) : usage("acme", minute, version);
            highest.merge(row.key(), version, Math::max);
            rows.add(row);
            rows.add(row);
        }
        List<Subtask> two = List.of(subtask(settings), subtask(settings));
        for (int round = 0; round < 4; round++) {
            Collections.shuffle(rows, random);
            for (MirrorRow row : rows) {
                two.get(random.nextInt(2)).write(row);
                if (random.nextInt(300) == 0) {
                    two.get(random.nextInt(2)).mailbox.advanceBy(1_000);
                }
            }
        }
        two.forEach(Subtask::drain);

        long total = highest.values().stream().mapToLong(Long::longValue).sum();
        assertThat(postgres.query("any_order", "SELECT count(*), sum(requests) FROM usage_windows"))
                .containsExactly(highest.size() + "|" + total);
        BigDecimal cost = new BigDecimal(MirrorRows.MUCH, 12).multiply(BigDecimal.valueOf(total));
        assertThat(
                        postgres.query(
                                "any_order",
                                "SELECT count(*), sum(requests), sum(cost_usd) FROM usage_by_window"))
                .containsExactly("40|" + total + "|" + cost.toPlainString());
    }

    @Test
    void killedServerDelaysAndNothingIsLostOrThereTwice() throws Exception {
        MirrorSettings settings = database("killed");
        Subtask subtask = subtask(settings);
        subtask.write(usage("acme", 0, 1));
        subtask.drain();
        for (int i = 0; i < 1_000; i++) {
            subtask.write(MirrorRow.of(MirrorRows.result("acme", "r" + i, "x"), false));
        }
        subtask.mailbox.advanceBy(1_000); // under way

        postgres.kill();
        subtask.write(usage("acme", 0, 2));
        for (int i = 1_000; i < 1_200; i++) {
            subtask.write(MirrorRow.of(MirrorRows.result("acme", "r" + i, "x"), false));
            subtask.mailbox.advanceBy(50);
        }
        subtask.writer.flush(false);
        List<MirrorRow> checkpoint = subtask.writer.snapshotState(1);
        assertThat(checkpoint).contains(usage("acme", 0, 2)).hasSizeGreaterThanOrEqualTo(201);

        // The job dies, too, and reads again what it had read.
        subtask.writer.close();
        Subtask restored = subtask(settings, checkpoint);
        for (int i = 900; i < 1_300; i++) {
            restored.write(MirrorRow.of(MirrorRows.result("acme", "r" + i, "x"), false));
            restored.mailbox.advanceBy(50);
        }
        postgres.restart();
        restored.drain();

        assertThat(postgres.query("killed", "SELECT count(*), sum(cost_usd) FROM results"))
                .containsExactly(
                        "1300|"
                                + new BigDecimal("9007.199254740993")
                                        .multiply(new BigDecimal(1300)));
        assertThat(postgres.query("killed", "SELECT requests, version FROM usage_windows"))
                .containsExactly("2|2");
    }

    @Test
    void subtasksThatStartTogetherMakeTheTablesOnce() throws Exception {
        MirrorSettings settings = database("together");
        for (int i = 0; i < 4; i++) {
            Subtask subtask = subtask(settings);
            subtask.write(usage("acme", i, 1));
            subtask.write(MirrorRow.of(item("own", i, 1).build(), true));
            subtask.mailbox.advanceBy(1_000);
        }
        subtasks.forEach(Subtask::drain);

        assertThat(postgres.query("together", "SELECT count(*) FROM usage_windows"))
                .containsExactly("4");
        assertThat(postgres.query("orchestrator_own", "SELECT count(*) FROM usage_windows"))
                .containsExactly("4");
        assertThat(postgres.query("together", "SELECT version, file FROM sluice_schema"))
                .containsExactly("1|" + Migrations.FILES.get(0));
    }

    @Test
    void tenantWithADatabaseIsNowhereElseAndNobodyElseIsLetIn() throws Exception {
        Subtask subtask = subtask(database("shared"));
        subtask.write(usage("pooled", 0, 1));
        subtask.write(MirrorRow.of(item("strict", 0, 1).build(), true));
        subtask.write(MirrorRow.of(MirrorRows.result("strict", "r1", "x"), true));
        subtask.drain();

        String tenants =
                "SELECT tenant_id FROM usage_windows UNION ALL SELECT tenant_id FROM results";
        assertThat(postgres.query("shared", tenants)).containsExactly("pooled");
        assertThat(postgres.query("orchestrator_strict", tenants))
                .containsExactly("strict", "strict");
        postgres.connect("shared", "reader").close();
        assertThatThrownBy(() -> postgres.connect("orchestrator_strict", "reader"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied for database");
    }

    @Test
    void erasingTakesATenantsResultsWhereverTheyLieAndNothingElse() throws Exception {
        MirrorSettings settings = database("erased");
        MirrorErasure erasure = new MirrorErasure(settings);
        assertThat(erasure.remove("gone")).isZero(); // there are no tables yet
        Subtask subtask = subtask(settings);
        subtask.write(usage("gone", 0, 1));
        subtask.write(MirrorRow.of(MirrorRows.result("gone", "r1", "x"), false));
        subtask.write(MirrorRow.of(MirrorRows.result("gone", "r2", "x"), true));
        subtask.write(MirrorRow.of(MirrorRows.result("gone2", "r3", "x"), false));
        subtask.drain();

        assertThat(erasure.remove("gone")).isEqualTo(2);
        assertThat(erasure.remove("gone")).isZero();
        assertThat(postgres.query("erased", "SELECT tenant_id FROM results"))
                .containsExactly("gone2");
        assertThat(postgres.query("orchestrator_gone", "SELECT count(*) FROM results"))
                .containsExactly("0");
        assertThat(postgres.query("erased", "SELECT tenant_id FROM usage_windows"))
                .containsExactly("gone");
    }

    @Test
    void roleThatMayMakeNoDatabaseIsToldAndHoldsUpNobodyElse() throws Exception {
        postgres.execute(
                "postgres", "CREATE ROLE narrow LOGIN", "CREATE DATABASE narrow OWNER narrow");
        MirrorSettings settings = MirrorSettings.of(postgres.url("narrow"), "narrow", "");
        Subtask subtask = subtask(settings);
        subtask.write(usage("pooled", 0, 1));
        subtask.write(MirrorRow.of(item("strict2", 0, 1).build(), true));
        subtask.drainTo(1);

        assertThat(postgres.query("narrow", "SELECT tenant_id FROM usage_windows"))
                .containsExactly("pooled");
        try (PostgresMirror mirror = new PostgresMirror(settings)) {
            assertThatThrownBy(() -> mirror.write("orchestrator_strict2", List.of()).get())
                    .rootCause()
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> mirror.write("orchestrator_strict2", List.of()).get())
                    .hasStackTraceContaining("give it CREATEDB");
        }

        postgres.execute("postgres", "CREATE DATABASE orchestrator_strict2 OWNER narrow");
        subtask.drain();
        assertThat(postgres.query("orchestrator_strict2", "SELECT count(*) FROM usage_windows"))
                .containsExactly("1");
    }

    @Test
    void rowThatSomebodysConstraintRefusesWaitsAlone() throws Exception {
        Subtask subtask = subtask(database("refused"));
        subtask.write(usage("acme", 0, 1));
        subtask.drain();
        postgres.execute(
                "refused", "ALTER TABLE usage_windows ADD CONSTRAINT c CHECK (requests <> 7)");
        for (int minute = 1; minute < 20; minute++) {
            subtask.write(usage("acme", minute, minute));
        }
        subtask.drainTo(1);
        assertThat(postgres.query("refused", "SELECT count(*) FROM usage_windows"))
                .containsExactly("19");

        postgres.execute("refused", "ALTER TABLE usage_windows DROP CONSTRAINT c");
        subtask.drain();
        assertThat(postgres.query("refused", "SELECT count(*) FROM usage_windows"))
                .containsExactly("20");
    }

    private static MirrorRow lateRow(int minute, long version) {
        return MirrorRow.of(
                item("acme", minute, version)
                        .key(MirrorRows.key(minute).lateDayMillis(NEW_YEAR + 86_400_000).build())
                        .build(),
                false);
    }

    private static MirrorSettings database(String name) throws SQLException {
        postgres.execute("postgres", "CREATE DATABASE " + name + " OWNER mirror");
        return MirrorSettings.of(postgres.url(name), "mirror", "");
    }

    private Subtask subtask(MirrorSettings settings) {
        return subtask(settings, List.of());
    }

    private Subtask subtask(MirrorSettings settings, List<MirrorRow> unwritten) {
        Subtask subtask = new Subtask(settings, unwritten);
        subtasks.add(subtask);
        return subtask;
    }

    /** A writer and its task, whose time is moved by hand. */
    private static final class Subtask {
        private final ManualMailbox mailbox = new ManualMailbox(NEW_YEAR);
        private final MirrorWriter writer;

        private Subtask(MirrorSettings settings, List<MirrorRow> unwritten) {
            writer = MirrorSink.into(settings).restoreWriter(new ManualContext(mailbox), unwritten);
        }

        private void write(MirrorRow row) throws InterruptedException {
            writer.write(row, null);
        }

        private void drain() {
            drainTo(0);
        }

        /** Moves time until so many rows are left. */
        private void drainTo(int left) {
            await().atMost(Duration.ofMinutes(2))
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(20))
                    .until(
                            () -> {
                                mailbox.advanceBy(500);
                                return writer.snapshotState(0).size() <= left;
                            });
        }
    }
}
