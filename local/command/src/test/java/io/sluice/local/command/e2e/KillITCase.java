package io.sluice.local.command.e2e;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Kills every process of a running system with SIGKILL under load, at seeded moments, and starts it
 * again: every acknowledged request reaches exactly one final result, no tenant is admitted above
 * its limit in any 60 s of decision time, the tenants' usage equals the sum of their results, and
 * the archive has the record of every transition once (A4).
 *
 * <p>A kill counts only with at least {@value #LEAST_IN_FLIGHT} calls in flight. The first comes
 * before the first checkpoint, the second while a checkpoint is running, the rest at random.
 *
 * <p>System property {@code sluice.deep} asks for 20 kills instead of 2, {@code sluice.seed} for a
 * certain seed.
 */
class KillITCase {
    private static final int LEAST_IN_FLIGHT = 20;
    private static final int PER_SECOND = 60;
    private static final int CALL_MILLIS = 3_000;
    private static final Map<String, Integer> LIMITS =
            Map.of("demo-free", 10, "demo-business", 100, "demo-enterprise", 1_000);

    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final int kills = Boolean.getBoolean("sluice.deep") ? 20 : 2;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path dataDir;

    @Test
    void nothingAcknowledgedIsLostAndNothingIsBilledTwice() throws Exception {
        System.out.println("kills: " + kills + ", seed: " + seed);
        Random random = new Random(seed);
        java.util.Set<String> owed = new java.util.HashSet<>();
        for (int kill = 1; kill <= kills; kill++) {
            try (SluiceProcess sluice = SluiceProcess.start(dataDir, settings(kill))) {
                sluice.awaitReady(Duration.ofMinutes(2));
                ModelCalls calls = new ModelCalls(sluice.endpoint("bedrock"));
                calls.answerAfter(CALL_MILLIS);
                FlinkJob job = new FlinkJob(sluice.endpoint("flink"));
                try (Traffic traffic =
                        new Traffic(
                                sluice.endpoint("api"),
                                sluice.tenantKeys().values(),
                                Questions.plain(),
                                random.nextLong())) {
                    traffic.start(PER_SECOND);
                    await().atMost(Duration.ofSeconds(60))
                            .pollInterval(100, MILLISECONDS)
                            .until(() -> calls.inFlight(CALL_MILLIS) >= LEAST_IN_FLIGHT);
                    moment(kill, job, calls, random);
                    int inFlight = calls.inFlight(CALL_MILLIS);
                    sluice.killEverything();
                    System.out.printf(
                            "kill %d: %d calls in flight, %d requests acknowledged, checkpoints %s%n",
                            kill, inFlight, traffic.acknowledged().size(), job.lastSeen());
                    assertThat(inFlight).isGreaterThanOrEqualTo(LEAST_IN_FLIGHT);
                    owed.addAll(traffic.acknowledged());
                }
            }
        }
        try (SluiceProcess sluice = SluiceProcess.start(dataDir)) {
            sluice.awaitReady(Duration.ofMinutes(2));
            try (Ledger ledger = new Ledger(sluice.endpoint("dynamodb"))) {
                await().atMost(Duration.ofMinutes(3))
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThat(ledger.withoutResult(owed)).isEmpty());
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(
                                () -> {
                                    assertThat(ledger.sumOfUsage("day"))
                                            .isEqualTo(ledger.sumOfResults());
                                    assertThat(ledger.sumOfUsage("hour"))
                                            .isEqualTo(ledger.sumOfResults());
                                    assertThat(ledger.sumOfUsage("minute"))
                                            .isEqualTo(ledger.sumOfResults());
                                });
                ModelCalls calls = new ModelCalls(sluice.endpoint("bedrock"));
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> checkAttempts(ledger, calls));
                Map<String, Integer> most = ledger.mostAdmittedInAnyMinute();
                System.out.println("owed " + owed.size() + ", most admitted in any 60 s " + most);
                LIMITS.forEach(
                        (tenant, limit) ->
                                assertThat(most.getOrDefault(tenant, 0))
                                        .as(tenant)
                                        .isLessThanOrEqualTo(limit));
                SealedArchive archive = new SealedArchive(dataDir);
                archive.hasEachTransitionOnce(ledger.results());
                System.out.println("digests " + archive.digestsAreOneChain());
            }
        }
    }

    /** E1: the provider's own count of calls against the ledger's attempts, and both bills. */
    private static void checkAttempts(Ledger ledger, ModelCalls calls) {
        long made = calls.counts().calls();
        List<Map<String, AttributeValue>> attempts = ledger.attempts();
        long ambiguous = attempts.stream().filter(Ledger::isAmbiguous).count();
        System.out.printf(
                "%d calls, %d attempts, %d of them ambiguous%n", made, attempts.size(), ambiguous);
        assertThat(made).isLessThanOrEqualTo(attempts.size());
        assertThat(attempts.size() - made).isLessThanOrEqualTo(ambiguous);
        assertThat(ledger.costOfAnswers()).isNotEmpty().isEqualTo(ledger.billed());
    }

    /** The first run takes no checkpoint for as long as it lives. */
    private static String[] settings(int kill) {
        return kill == 1
                ? new String[] {"-D", "execution.checkpointing.interval=10 min"}
                : new String[0];
    }

    /** Waits for the moment that this kill is meant for. */
    private static void moment(int kill, FlinkJob job, ModelCalls calls, Random random) {
        if (kill == 1) {
            assertThat(job.completedCheckpoints()).as("before the first checkpoint").isZero();
        } else if (kill == 2) {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(5, MILLISECONDS)
                    .until(
                            () ->
                                    job.checkpointsInProgress() > 0
                                            && calls.inFlight(CALL_MILLIS) >= LEAST_IN_FLIGHT);
        } else {
            long until = System.nanoTime() + MILLISECONDS.toNanos(random.nextInt(12_000));
            // A kill with few calls in flight would not count; limits and caches make such moments.
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(100, MILLISECONDS)
                    .until(
                            () ->
                                    calls.inFlight(CALL_MILLIS) >= LEAST_IN_FLIGHT
                                            && System.nanoTime() >= until);
        }
    }

    /** The job's checkpoints, as Flink's own REST API tells. */
    private static final class FlinkJob {
        private final Http http;
        private JsonNode last = Json.parse("{}");

        FlinkJob(String endpoint) {
            http = new Http(endpoint);
        }

        int completedCheckpoints() {
            return counts().path("completed").asInt();
        }

        int checkpointsInProgress() {
            return counts().path("in_progress").asInt();
        }

        JsonNode lastSeen() {
            return last;
        }

        private JsonNode counts() {
            String id = http.get("/jobs").path("jobs").path(0).path("id").asText();
            last = http.get("/jobs/" + id + "/checkpoints").path("counts");
            return last;
        }
    }
}
