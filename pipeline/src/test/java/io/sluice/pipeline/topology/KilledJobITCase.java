package io.sluice.pipeline.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.CacheRules;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Granularity;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.pipeline.config.ApplicationProperties;
import io.sluice.pipeline.enforce.Decisions;
import io.sluice.pipeline.enforce.Facts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job on a cluster in this process, failed while calls are under way and restored from
 * its last checkpoint, decides what the engine decides and bills every call once.
 */
class KilledJobITCase {
    private static final String STORE = "killed-job";
    private static final int WAVE = 120;
    private static final int CRASHES = 3;

    /** Answers are not shared: what is decided depends on the requests alone. */
    private static final EffectivePolicy PLAIN = Facts.policy().requestsPerMinute(10).build();

    /** Answers are shared, so what is decided depends on when they come. */
    private static final EffectivePolicy SHARING =
            Facts.policy().cache(CacheRules.SHIPPED.withLlmTtlMillis(1_800_000)).build();

    private final LoopStore store = LoopStore.create(STORE);
    private final List<RequestEvent> requests = new ArrayList<>();

    @TempDir Path checkpoints;

    @Test
    void aFailedJobGoesOnAsIfNothingHadHappened() throws Exception {
        JobClient job = start();
        try {
            wave();
            awaitAll();
            for (int crash = 1; crash <= CRASHES; crash++) {
                int before = store.starts.get();
                int completed = store.checkpoints.get();
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> store.checkpoints.get() > completed);
                store.crashesToCome.set(1);
                store.appendRaw("no event".getBytes(UTF_8), "plain", Facts.NOON);
                wave();
                await().atMost(Duration.ofMinutes(1)).until(() -> store.starts.get() > before);
                awaitAll();
            }
            assertThat(store.letters.get()).isGreaterThanOrEqualTo(CRASHES);
            assertDecisionsAreTheEngines();
            assertSumsAreEqual("plain");
            assertSumsAreEqual("sharing");
        } finally {
            job.cancel().get();
        }
    }

    private JobClient start() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, CRASHES);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(LoopStore.SHARDS, configuration);
        SluiceTopology.build(env, new LoopEnds(STORE), ApplicationProperties.of(Map.of()));
        return env.executeAsync("killed");
    }

    /** Requests of both tenants, some of the plain one's above its limit. */
    private void wave() {
        for (int i = 0; i < WAVE; i++) {
            int number = requests.size();
            boolean plain = i % 2 == 0;
            long atMillis = Facts.NOON + number * 1_000L;
            RequestEvent request =
                    Facts.event(
                            Facts.request("r" + number, atMillis)
                                    .tenantId(plain ? "plain" : "sharing")
                                    .policy(plain ? PLAIN : SHARING)
                                    .promptHash("hash-" + number % 24)
                                    .build());
            requests.add(request);
            store.append(request, atMillis);
        }
    }

    /** Until every request has its result and everything that was called is booked. */
    private void awaitAll() {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> {
                            assertThat(store.results).hasSize(requests.size());
                            assertSumsAreEqual("plain");
                            assertSumsAreEqual("sharing");
                        });
    }

    private void assertDecisionsAreTheEngines() {
        Map<String, Decision> expected = Decisions.of(requests, "plain");
        Map<String, Decision> seen = new HashMap<>();
        for (String id : expected.keySet()) {
            seen.put(id, store.results.get(id).decision().toBuilder().seq(0).build());
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(expected.values()).anyMatch(decision -> decision.reason() != null);
    }

    private void assertSumsAreEqual(String tenantId) {
        List<ResultItem> results =
                store.results.values().stream()
                        .filter(item -> item.tenantId().equals(tenantId))
                        .toList();
        for (Granularity granularity : Granularity.values()) {
            assertThat(sum(tenantId, granularity, UsageCounts::requests)).isEqualTo(results.size());
            assertThat(sum(tenantId, granularity, c -> c.costPicoUsd().longValueExact()))
                    .isEqualTo(results.stream().mapToLong(ResultItem::costPicoUsd).sum());
            assertThat(sum(tenantId, granularity, UsageCounts::failed))
                    .isEqualTo(
                            results.stream()
                                    .filter(item -> item.status().wireName().equals("failed"))
                                    .count());
        }
    }

    private long sum(String tenantId, Granularity granularity, ToLongFunction<UsageCounts> count) {
        return store.usage.values().stream()
                .filter(row -> row.tenantId().equals(tenantId))
                .filter(row -> row.key().granularity() == granularity)
                .map(UsageItem::counts)
                .mapToLong(count)
                .sum();
    }
}
