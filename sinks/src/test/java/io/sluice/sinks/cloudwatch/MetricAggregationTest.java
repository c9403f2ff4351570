package io.sluice.sinks.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MetricAggregationTest {
    @Property
    void sumAndCountAreThoseOfTheSamples(
            @ForAll @Size(max = 100) List<@IntRange(min = -1000, max = 1000) Integer> values) {
        MetricAggregator aggregator = new MetricAggregator(1_000);
        for (int value : values) {
            aggregator.add(MetricSample.cost("t" + Math.floorMod(value, 3), "m", 0, value));
        }

        List<MetricSet> sets = aggregator.drain();

        assertThat(sets.stream().mapToLong(MetricSet::sum).sum())
                .isEqualTo(values.stream().mapToLong(v -> v).sum());
        assertThat(sets.stream().mapToLong(MetricSet::count).sum()).isEqualTo(values.size());
        assertThat(aggregator.size()).isZero();
    }

    @Property
    void capKeepsAllSamplesAndAtMostSoManyTenants(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 20) Integer> tenants,
            @ForAll @IntRange(min = 0, max = 5) int places) {
        TenantCap cap = new TenantCap(places);
        List<MetricSet> sent = new ArrayList<>();
        for (int start = 0; start < tenants.size(); start += 50) {
            MetricAggregator aggregator = new MetricAggregator(1_000);
            tenants.subList(start, Math.min(start + 50, tenants.size()))
                    .forEach(t -> aggregator.add(MetricSample.request("t" + t, "e", 0)));
            sent.addAll(cap.applyTo(aggregator.drain()));
        }

        assertThat(sent.stream().mapToLong(MetricSet::count).sum()).isEqualTo(tenants.size());
        assertThat(
                        sent.stream()
                                .map(set -> set.key().tenantId())
                                .filter(tenant -> !TenantCap.OTHER.equals(tenant))
                                .collect(Collectors.toSet()))
                .hasSizeLessThanOrEqualTo(places);
    }

    @Test
    void oldestMinuteIsGivenUpWhenThereIsNoRoom() {
        MetricAggregator aggregator = new MetricAggregator(2);
        aggregator.add(MetricSample.request("a", "e", 120_000));
        aggregator.add(MetricSample.request("a", "e", 0));

        assertThat(aggregator.add(MetricSample.request("a", "e", 60_000))).isEqualTo(1);
        assertThat(aggregator.drain())
                .extracting(set -> set.key().minuteMillis())
                .containsExactly(60_000L, 120_000L);
    }

    @Test
    void sumStaysAtTheLargestNumberInsteadOfTurningNegative() {
        MetricSet large = MetricSet.of(MetricSample.cost("a", "m", 0, Long.MAX_VALUE));

        assertThat(large.plus(large).sum()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void batchesKeepToTheLimitsOfACall() {
        List<MetricSet> sets = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            sets.add(MetricSet.of(MetricSample.request("t" + i, "e".repeat(64), 0)));
        }

        List<MetricBatch> batches = MetricBatch.of(sets);

        assertThat(batches)
                .allSatisfy(
                        batch -> {
                            assertThat(batch.sets()).hasSizeLessThanOrEqualTo(1_000);
                            assertThat(batch.bytes()).isLessThanOrEqualTo(MetricBatch.MAX_BYTES);
                        });
        assertThat(batches.stream().mapToInt(batch -> batch.sets().size()).sum()).isEqualTo(2_500);
    }

    @Test
    void sampleComesBackFromItsBytes() throws IOException {
        MetricSample sample = MetricSample.cost("a", "m", 61_000, 123_456_789_012L);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MetricSampleCodec.write(sample, new DataOutputStream(bytes));

        assertThat(read(bytes.toByteArray())).isEqualTo(sample);
    }

    @Test
    void unknownVersionIsRefused() {
        assertThatThrownBy(() -> read(new byte[] {2})).hasMessageContaining("version 2");
    }

    private static MetricSample read(byte[] bytes) throws IOException {
        return MetricSampleCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
