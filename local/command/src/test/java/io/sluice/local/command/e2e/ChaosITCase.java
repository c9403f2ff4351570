package io.sluice.local.command.e2e;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Traffic of several tenants while everything goes wrong that can: processes of the system and of
 * the services are killed with SIGKILL, connections are lost, delayed and turned away, and models
 * throttle, fail, hang, drip and lose connections. What happens follows from the seed, see {@link
 * ChaosPlan}. When all is calm again:
 *
 * <ul>
 *   <li>every acknowledged request has one final result, and no two outcomes that differ;
 *   <li>the models' own count of calls is at most the attempts recorded, and at most the ambiguous
 *       ones below them;
 *   <li>every attempt has an end, and the attempts of a request cost what its result says;
 *   <li>nothing is held any more;
 *   <li>the sums of cost over results, outcomes and usage of every granularity are equal;
 *   <li>the archive has the record of every transition once, and its digests are one chain.
 * </ul>
 *
 * <p>System property {@code sluice.deep} asks for 50 runs instead of one, {@code sluice.chaos.runs}
 * for another number, {@code sluice.seed} for a certain first seed; the runs after it have the
 * seeds after it.
 */
class ChaosITCase {
    private static final int PER_SECOND = 25;
    private static final int CANCELLED_ONE_IN = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    static LongStream seeds() {
        long first = Long.getLong("sluice.seed", System.nanoTime());
        int runs =
                Integer.getInteger("sluice.chaos.runs", Boolean.getBoolean("sluice.deep") ? 50 : 1);
        return LongStream.range(first, first + runs);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRequestEndsOnceAndIsPaidOnce(long seed) throws Exception {
        ChaosPlan plan = ChaosPlan.of(seed);
        System.out.println(plan.describe());
        try (ChaosSystem system = ChaosSystem.start(directory, seed)) {
            ChaosTenants tenants = new ChaosTenants(system.api(), system.sluice().adminKey());
            tenants.create();
            awaitFirstAnswer(system);
            Set<String> owed = sufferUnderLoad(plan, system, tenants);
            system.models().behave(plan.behaviorAtTheEnd());
            system.calm();
            try (Ledger ledger = system.ledger();
                    EventStream stream = system.stream()) {
                awaitResults(ledger, owed);
                system.models().behave("{\"model\":\"*\"}");
                awaitEqualSums(ledger);
                assertOneOutcomeEach(ledger, stream);
                assertCallsAreRecorded(ledger, system.models());
                awaitEveryAttemptEndedAndBooked(ledger);
                tenants.awaitNothingHeld(ledger, PATIENCE);
                awaitEqualSums(ledger);
                system.archive().hasEachTransitionOnce(ledger.results());
                system.archive().digestsAreOneChain();
                System.out.printf(
                        "seed %d: %d requests acknowledged, %s%n",
                        seed, owed.size(), system.models().counts());
            }
        }
    }

    /** Only a system that works can be disturbed: on a busy machine a start takes its time. */
    private static void awaitFirstAnswer(ChaosSystem system) {
        Api api = new Api(system.api(), system.sluice().tenantKeys().get("demo-enterprise"));
        await().atMost(PATIENCE)
                .until(
                        () ->
                                api.ask(Api.question(Api.MODEL, "chaos", "Are you there?")).status()
                                        == 200);
    }

    private static Set<String> sufferUnderLoad(
            ChaosPlan plan, ChaosSystem system, ChaosTenants tenants) throws Exception {
        system.models().behave(plan.behavior());
        List<String> keys = new ArrayList<>(system.sluice().tenantKeys().values());
        keys.addAll(tenants.askingKeys());
        try (Traffic traffic =
                new Traffic(system.api(), keys, Questions.varied(), plan.seed())
                        .cancelOneIn(CANCELLED_ONE_IN)) {
            traffic.start(PER_SECOND);
            long begin = System.nanoTime();
            for (Disturbance disturbance : plan.disturbances()) {
                pauseUntil(begin, disturbance.atMillis());
                system.suffer(disturbance);
            }
            pauseUntil(begin, ChaosPlan.LENGTH_MILLIS);
            System.out.println("answers " + traffic.statuses());
            assertThat(traffic.surprises()).isEmpty();
            return traffic.acknowledged();
        }
    }

    private static void awaitResults(Ledger ledger, Set<String> owed) {
        assertThat(owed).as("acknowledged requests").hasSizeGreaterThan(50);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(ledger.withoutResult(owed)).isEmpty());
    }

    private static void awaitEqualSums(Ledger ledger) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> {
                            Map<String, Map<String, Long>> sums = ledger.sumOfResults();
                            assertThat(ledger.sumOfUsage("minute")).isEqualTo(sums);
                            assertThat(ledger.sumOfUsage("hour")).isEqualTo(sums);
                            assertThat(ledger.sumOfUsage("day")).isEqualTo(sums);
                        });
    }

    /** What lies on the stream is what was stored, however often it lies there. */
    private static void assertOneOutcomeEach(Ledger ledger, EventStream stream) {
        OutcomesOnTheStream outcomes = new OutcomesOnTheStream(stream.events());
        assertThat(outcomes.contradictions()).isEmpty();
        assertThat(outcomes.requests()).isNotEmpty();
        Map<String, Map<String, AttributeValue>> results = ledger.resultsById();
        Map<String, String> different = new HashMap<>();
        for (String request : outcomes.requests()) {
            String stored = results.get(request).get("cost_pico_usd").n();
            if (!stored.equals(Long.toString(outcomes.costOf(request)))) {
                different.put(request, stored + " stored, " + outcomes.costOf(request));
            }
        }
        assertThat(different).isEmpty();
    }

    /**
     * The models counted no call that is not recorded, and recorded is none that they did not see,
     * but for those of which nobody can know.
     */
    private static void assertCallsAreRecorded(Ledger ledger, ModelCalls models) {
        ModelCalls.Counts counts = models.counts();
        long billed =
                ledger.results().stream()
                        .filter(item -> !item.get("cost_pico_usd").n().equals("0"))
                        .count();
        assertThat(billed)
                .as("billed results, each of a call")
                .isPositive()
                .isLessThanOrEqualTo(counts.calls());
        Attempts.recorded(ledger)
                .ifPresent(
                        attempts -> {
                            assertThat(counts.calls())
                                    .as("calls that models saw, of %s", attempts)
                                    .isLessThanOrEqualTo(attempts.reaching())
                                    .isGreaterThanOrEqualTo(
                                            attempts.reaching() - attempts.ambiguous());
                        });
    }

    /** The ledger and the results know the same calls, and the same bill for each request. */
    private static void awaitEveryAttemptEndedAndBooked(Ledger ledger) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> {
                            assertThat(ledger.unfinishedAttempts()).isEmpty();
                            assertThat(ledger.providerCostOfAttempts())
                                    .isEqualTo(ledger.providerCostOfResults());
                            assertThat(ledger.costOfAnswers()).isEqualTo(ledger.billed());
                        });
    }

    private static void pauseUntil(long beginNanos, long millis) {
        long until = beginNanos + MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
