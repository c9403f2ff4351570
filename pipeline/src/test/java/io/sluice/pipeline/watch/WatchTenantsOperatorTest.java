package io.sluice.pipeline.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Alert;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.alert.Seen;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.SideOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // the harness may be interrupted while it closes
class WatchTenantsOperatorTest {
    private static final int EVENTS = 400;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedAnywhereTheSameAlertsComeUnderTheSameIds(boolean onDisk) throws Exception {
        List<Observation> log = log();
        List<Alert> whole = run(log, onDisk, List.of());
        assertThat(whole).hasSizeGreaterThan(6);
        List<Alert> killed = run(log, onDisk, List.of(3, 57, 58, 200, 399));
        assertThat(killed.stream().map(Alert::id).distinct())
                .containsExactlyInAnyOrderElementsOf(whole.stream().map(Alert::id).toList());
    }

    @Test
    void alertsComeHalfASecondLaterAndSamplesAtOnce() throws Exception {
        try (var harness = harness(false, null)) {
            Seen log = new Seen("acme");
            log.dayLimit = 2;
            harness.processElement(log.answered(1, 5), 0);
            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(harness.getSideOutput(SideOutputs.METRICS)).isNotEmpty();
            harness.setProcessingTime(harness.getProcessingTime() + 500);
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            assertThat(harness.numProcessingTimeTimers()).isZero();
        }
    }

    /**
     * Runs the log; at each of these places the job dies some events after its last checkpoint, and
     * reads these again.
     */
    private static List<Alert> run(List<Observation> log, boolean onDisk, List<Integer> deaths)
            throws Exception {
        List<Alert> alerts = new ArrayList<>();
        OperatorSubtaskState state = null;
        int from = 0;
        for (int death : deaths) {
            int checkpoint = Math.max(from, death - 7);
            try (var harness = harness(onDisk, state)) {
                for (int i = from; i < death; i++) {
                    if (i == checkpoint) {
                        harness.prepareSnapshotPreBarrier(1);
                        state = harness.snapshot(1, 1);
                    }
                    harness.processElement(log.get(i), 0);
                }
                harness.setProcessingTime(harness.getProcessingTime() + 500);
                alerts.addAll(harness.extractOutputValues());
            }
            from = checkpoint;
        }
        try (var harness = harness(onDisk, state)) {
            for (Observation seen : log.subList(from, log.size())) {
                harness.processElement(seen, 0);
            }
            harness.getOneInputOperator().finish();
            alerts.addAll(harness.extractOutputValues());
        }
        return alerts;
    }

    private static List<Observation> log() {
        Random random = new Random(11);
        List<Seen> tenants = List.of(new Seen("a"), new Seen("b"), new Seen("c"));
        List<Observation> log = new ArrayList<>();
        for (Seen tenant : tenants) {
            tenant.dayLimit = 3 * Seen.USD;
        }
        for (int i = 0; i < EVENTS; i++) {
            Seen tenant = tenants.get(random.nextInt(3));
            tenant.atMillis += random.nextInt(600_000);
            log.add(
                    random.nextInt(3) == 0
                            ? tenant.rejected("queue-full")
                            : tenant.answered(random.nextLong(Seen.USD / 8), 50));
        }
        return log;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, Alert> harness(
            boolean onDisk, @Nullable OperatorSubtaskState restored) throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new WatchTenantsOperator(AlertRules.SHIPPED),
                        Observation::tenantId,
                        BasicTypeInfo.STRING_TYPE_INFO,
                        128,
                        1,
                        0);
        harness.setStateBackend(
                onDisk ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        harness.setup(Types.ALERT.createSerializer(new SerializerConfigImpl()));
        if (restored == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(restored);
        }
        harness.open();
        return harness;
    }
}
