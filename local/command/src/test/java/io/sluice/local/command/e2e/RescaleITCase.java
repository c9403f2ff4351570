package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running system gets more shards, fewer shards, and a job of another parallelism that goes on
 * from a savepoint, all under traffic: every acknowledged request reaches exactly one final result,
 * no tenant is admitted above its limit in any 60 s of decision time, usage equals the sum of the
 * results, submitting is refused only while a reshard pauses it, and no call that was under way at
 * the stop is left ambiguous.
 */
class RescaleITCase {
    private static final Duration READY = Duration.ofMinutes(5);
    private static final int PER_SECOND = 30;
    private static final int PAUSE_SECONDS = 20;
    private static final int CALL_MILLIS = 2_000;
    private static final Map<String, Integer> LIMITS =
            Map.of("demo-free", 10, "demo-business", 100, "demo-enterprise", 1_000);

    private final Set<String> owed = new HashSet<>();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path dataDir;

    @Test
    void shardsAndParallelismChangeUnderTrafficAndNothingIsLost() throws Exception {
        String savepoint;
        try (SluiceProcess sluice = SluiceProcess.start(dataDir)) {
            sluice.awaitReady(READY);
            try (Traffic traffic = traffic(sluice, 1)) {
                awaitMore(traffic, 60);
                reshard(traffic, 4);
                awaitMore(traffic, 60);
                reshard(traffic, 2);
                awaitMore(traffic, 60);
                SluiceRun status = SluiceRun.of(dataDir, "status");
                assertThat(status.out()).contains("lag of sluice-events");
                new ModelCalls(sluice.endpoint("bedrock")).answerAfter(CALL_MILLIS);
                awaitMore(traffic, 60);
                SluiceRun taken = SluiceRun.of(dataDir, "savepoint", "--stop");
                assertThat(taken.status()).as(taken.err()).isZero();
                savepoint = taken.out();
                owed.addAll(traffic.acknowledged());
            }
            assertThat(sluice.awaitExit()).isZero();
        }
        refusedWithoutASavepoint();
        try (SluiceProcess sluice =
                SluiceProcess.start(dataDir, "--from-savepoint", savepoint, "--parallelism", "3")) {
            sluice.awaitReady(READY);
            assertThat(sluice.errors()).contains("job goes on from " + savepoint);
            try (Traffic traffic = traffic(sluice, 2)) {
                awaitMore(traffic, 60);
                owed.addAll(traffic.acknowledged());
            }
            assertNothingIsLost(sluice);
        }
    }

    private static Traffic traffic(SluiceProcess sluice, long seed) {
        Traffic traffic =
                new Traffic(
                        sluice.endpoint("api"),
                        sluice.tenantKeys().values(),
                        Questions.plain(),
                        seed);
        traffic.start(PER_SECOND);
        return traffic;
    }

    private void reshard(Traffic traffic, int shards) throws Exception {
        Set<Long> before = traffic.unavailableAtNanos();
        SluiceRun done =
                SluiceRun.of(
                        dataDir,
                        "reshard",
                        "--shards",
                        String.valueOf(shards),
                        "--pause-at-most",
                        String.valueOf(PAUSE_SECONDS));
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.out()).endsWith("shards became " + shards);
        assertThat(done.err()).contains("writes pause", "job reads " + shards + " shards");
        TreeSet<Long> paused = new TreeSet<>(traffic.unavailableAtNanos());
        paused.removeAll(before);
        assertThat(paused).as("answers 503 while writes pause").isNotEmpty();
        // The last node hears of both ends up to a second late, a request may wait for its turn.
        assertThat(TimeUnit.NANOSECONDS.toSeconds(paused.last() - paused.first()))
                .isLessThanOrEqualTo(PAUSE_SECONDS + 5);
    }

    private void refusedWithoutASavepoint() throws Exception {
        try (SluiceProcess refused =
                SluiceProcess.start(dataDir, "--from-savepoint", dataDir.toString())) {
            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.errors()).contains("is no savepoint");
        }
    }

    private static void awaitMore(Traffic traffic, int more) {
        int wanted = traffic.acknowledged().size() + more;
        await().atMost(Duration.ofMinutes(1)).until(() -> traffic.acknowledged().size() >= wanted);
    }

    private void assertNothingIsLost(SluiceProcess sluice) {
        try (Ledger ledger = new Ledger(sluice.endpoint("dynamodb"))) {
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(ledger.withoutResult(owed)).isEmpty());
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () ->
                                    assertThat(ledger.sumOfUsage("day"))
                                            .isEqualTo(ledger.sumOfResults()));
            assertThat(ledger.attempts()).isNotEmpty().noneMatch(Ledger::isAmbiguous);
            Map<String, Integer> most = ledger.mostAdmittedInAnyMinute();
            LIMITS.forEach(
                    (tenant, limit) ->
                            assertThat(most.getOrDefault(tenant, 0))
                                    .as(tenant)
                                    .isLessThanOrEqualTo(limit));
        }
    }
}
