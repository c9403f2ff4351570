package io.sluice.pipeline.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Alert;
import io.sluice.contract.Metric;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.BudgetUse;
import io.sluice.pipeline.alert.CircuitOpened;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.alert.Seen;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.Facts;
import io.sluice.pipeline.enforce.SideOutputs;
import io.sluice.pipeline.enforce.SplitCallEndsFunction;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.sinks.cloudwatch.MetricSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The table of metrics and what the job publishes are the same. */
class PublishedMetricsTest {
    private static final long NOW = Seen.MIDNIGHT;

    private final List<MetricSample> published = new ArrayList<>();

    @Test
    void everyMetricOfTheTableIsPublishedAndNoOther() throws Exception {
        published.add(MetricSample.request("acme", "chat", NOW));
        published.add(MetricSample.cost("acme", "m", NOW, 1));
        Figures figures = new Figures(AlertRules.SHIPPED);
        Seen log = new Seen("acme");
        List.of(
                        log.rejected("queue-full"),
                        log.unpriced("m"),
                        cacheHit(),
                        log.failed("model-error"),
                        log.answered(1, 99_999))
                .forEach(seen -> figures.of(seen, published::add));
        samplesOf(
                new WatchLagFunction("events", 1_000),
                Types.ALERT,
                new StreamRecord(new byte[0], "t", "s", "1", 0));
        samplesOf(
                new SplitCallEndsFunction(),
                Types.OUTCOME_EVENT,
                CallEnd.of(Facts.event(Facts.succeeded("r1").build()))
                        .telling(List.of(new CircuitOpened("m@us-east-1", NOW))));
        samplesOf(
                new CountAlertsFunction(),
                Types.ALERT,
                Alert.ofTenant(
                        io.sluice.contract.AlertKind.UNPRICED_MODEL,
                        "acme",
                        "m",
                        1,
                        NOW,
                        java.util.Map.of()));

        TreeMap<String, TreeSet<String>> seen = new TreeMap<>();
        published.forEach(
                s ->
                        seen.computeIfAbsent(s.name(), name -> new TreeSet<>())
                                .add(s.unit() + s.dimensions().keySet()));
        TreeMap<String, TreeSet<String>> table = new TreeMap<>();
        Arrays.stream(Metric.values())
                .forEach(
                        m ->
                                table.put(
                                        m.wireName(),
                                        new TreeSet<>(List.of(m.unit() + m.dimensions()))));
        assertThat(seen).isEqualTo(table);
    }

    @Test
    void aCircuitThatOpenedIsAnAlertAndALateRecordTheLag() throws Exception {
        OneInputStreamOperatorTestHarness<CallEnd, ?> split =
                samplesOf(
                        new SplitCallEndsFunction(),
                        Types.OUTCOME_EVENT,
                        CallEnd.of(Facts.event(Facts.succeeded("r1").build()))
                                .telling(List.of(new CircuitOpened("m@us-east-1", NOW))));
        assertThat(split.getSideOutput(SideOutputs.ALERTS))
                .extracting(record -> record.getValue().subject())
                .containsExactly("m@us-east-1");
        assertThat(split.extractOutputValues()).hasSize(1);
        OneInputStreamOperatorTestHarness<StreamRecord, Alert> lag =
                samplesOf(
                        new WatchLagFunction("events", 1_000),
                        Types.ALERT,
                        new StreamRecord(new byte[0], "t", "s", "1", -1_000));
        assertThat(lag.extractOutputValues()).hasSize(1);
        assertThat(published.get(published.size() - 1).value()).isEqualTo(1_000);
    }

    private <I, O> OneInputStreamOperatorTestHarness<I, O> samplesOf(
            ProcessFunction<I, O> function, TypeInformation<O> type, I input) throws Exception {
        OneInputStreamOperatorTestHarness<I, O> harness =
                new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function));
        harness.setup(type.createSerializer(new SerializerConfigImpl()));
        harness.open();
        harness.processElement(input, 0);
        harness.getSideOutput(SideOutputs.METRICS)
                .forEach(record -> published.add(record.getValue()));
        return harness;
    }

    private static Observation cacheHit() {
        BudgetUse none = new BudgetUse(NOW, 0, BudgetUse.UNLIMITED);
        return Observation.builder()
                .tenant("acme", "free")
                .event(1, NOW)
                .budgets(none, none)
                .decided(Verdict.CACHE_HIT, null)
                .model("m", false)
                .call(0, 0, Usage.builder().cacheReadTokens(1).cacheWriteTokens(1).build())
                .build();
    }
}
