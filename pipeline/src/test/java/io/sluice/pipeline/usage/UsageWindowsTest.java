package io.sluice.pipeline.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.contract.Granularity;
import io.sluice.contract.Isolation;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.enforce.Facts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageWindowsTest {
    private static final long NOW = Facts.NOON;
    private static final Dimensions LABELS = new Dimensions("m", "chat", "-", "-");
    private static final UsageCounts EACH =
            UsageCounts.builder()
                    .requests(1)
                    .admitted(2)
                    .rejected(3)
                    .cacheHits(4)
                    .coalesced(5)
                    .failed(6)
                    .inputTokens(7)
                    .outputTokens(8)
                    .cacheReadTokens(9)
                    .cacheWriteTokens(10)
                    .costPicoUsd(11)
                    .build();

    private final KeptRows rows = new KeptRows();
    private final List<UsageItem> told = new ArrayList<>();

    @Test
    void aChangeMovesItsMinuteItsHourAndItsDay() {
        add(NOW + 61_000, 5);
        assertThat(told)
                .extracting(
                        item -> item.key().granularity(), item -> item.key().windowStartMillis())
                .containsExactly(
                        tuple(Granularity.MINUTE, NOW + 60_000),
                        tuple(Granularity.HOUR, NOW),
                        tuple(Granularity.DAY, NOW - 43_200_000));
        assertThat(told).allMatch(item -> item.version() == 5 && item.tenantId().equals("acme"));
        assertThat(told).allMatch(item -> item.counts().equals(EACH));
    }

    @Test
    void everyCounterAddsUp() {
        add(NOW, 1);
        add(NOW, 2);
        UsageCounts twice =
                UsageCounts.builder()
                        .requests(2)
                        .admitted(4)
                        .rejected(6)
                        .cacheHits(8)
                        .coalesced(10)
                        .failed(12)
                        .inputTokens(14)
                        .outputTokens(16)
                        .cacheReadTokens(18)
                        .cacheWriteTokens(20)
                        .costPicoUsd(22)
                        .build();
        assertThat(rows.rows)
                .hasSize(3)
                .allSatisfy((key, counts) -> assertThat(counts).isEqualTo(twice));
        assertThat(told.get(5).counts()).as("what is told is the sum").isEqualTo(twice);
    }

    @Test
    void aMinuteIsClosedFiveMinutesAfterItsEndAndNotBefore() {
        add(NOW, 1);
        UsageWindows.close(rows, NOW + 359_999);
        assertThat(rows.rows).hasSize(3);
        UsageWindows.close(rows, NOW + 360_000);
        assertThat(rows.rows.keySet())
                .extracting(key -> key.granularity())
                .containsExactlyInAnyOrder(Granularity.HOUR, Granularity.DAY);
        UsageWindows.close(rows, NOW + 43_500_000);
        assertThat(rows.rows).isEmpty();
    }

    @Test
    void moneyBeyondALongIsExact() {
        rows.putUsage(
                LABELS.key(Granularity.MINUTE, NOW),
                UsageCounts.builder().costPicoUsd(Long.MAX_VALUE).build());
        add(NOW, 1);
        assertThat(told.get(0).counts().costPicoUsd())
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.valueOf(11)));
    }

    @Test
    void labelsOfARowThatIsThereAreNotLookedUpAgain() {
        rows.book = new LabelBook(Granularity.DAY.windowStart(NOW));
        add(NOW, 1);
        for (int i = 0; i < 100; i++) {
            resolve(new Dimensions("m", "e" + i, "-", "-"), NOW, NOW);
        }
        assertThat(resolve(LABELS, NOW, NOW)).isEqualTo("chat");
        assertThat(resolve(new Dimensions("m", "new", "-", "-"), NOW, NOW)).isEqualTo("other");
    }

    @Test
    void aLateSettlementLandsInTheClosedWindowOfItsAdmission() {
        add(NOW, 1);
        long booked = NOW + 360_000;
        UsageWindows.close(rows, booked);
        told.clear();
        UsageWindows.add(rows, told::add, "acme", LABELS, NOW, booked, EACH, 2, Isolation.SILO);
        assertThat(told)
                .allMatch(item -> item.key().windowStartMillis() <= NOW)
                .extracting(item -> item.key().lateDayMillis())
                .containsExactly(NOW - 43_200_000, UsageKey.ON_TIME, UsageKey.ON_TIME);
        assertThat(told.get(0).key().rangeKey())
                .as("another row of the same minute")
                .startsWith(UsageKey.rangePrefix(Granularity.MINUTE, NOW))
                .endsWith("#late#2026-09-22T00:00:00Z");
        assertThat(told.get(0).counts()).isEqualTo(EACH);
        assertThat(told).allMatch(item -> item.isolation() == Isolation.SILO);
        assertThat(told.get(1).counts()).isEqualTo(EACH.plus(EACH));
        UsageWindows.close(rows, NOW + 43_500_000);
        assertThat(rows.rows).as("late rows close with their day").isEmpty();
    }

    @Test
    void aLateSettlementHasTheLabelOfItsAdmission() {
        rows.book = new LabelBook(Granularity.DAY.windowStart(NOW));
        for (int i = 0; i < 101; i++) {
            resolve(new Dimensions("m", "e" + i, "-", "-"), NOW, NOW);
        }
        long nextDay = NOW + 86_400_000;
        resolve(LABELS, nextDay, nextDay);
        assertThat(resolve(new Dimensions("m", "e0", "-", "-"), NOW, nextDay)).isEqualTo("e0");
        assertThat(resolve(new Dimensions("m", "e100", "-", "-"), NOW, nextDay)).isEqualTo("other");
        assertThat(resolve(new Dimensions("m", "e0", "-", "-"), NOW, nextDay + 86_400_000))
                .as("nobody knows after two days")
                .isEqualTo("other");
    }

    @Test
    void aRequestWithoutLabelsHasTheLabelOfNone() {
        Dimensions labels =
                Dimensions.of(
                        Facts.request("r", NOW)
                                .labels(Labels.builder().endpoint("chat").build())
                                .build(),
                        Facts.MODEL);
        assertThat(labels.model()).isEqualTo(Facts.MODEL);
        assertThat(labels.endpoint()).isEqualTo("chat");
        assertThat(labels.agentId()).isEqualTo(Names.NO_LABEL);
        assertThat(labels.costCenter()).isEqualTo(Names.NO_LABEL);
        assertThat(labels.key(Granularity.HOUR, NOW + 1).windowStartMillis()).isEqualTo(NOW);
    }

    @Test
    void labelsAreEqualIfAllAre() {
        Dimensions labels = new Dimensions("m", "e", "a", "c");
        assertThat(labels)
                .isEqualTo(new Dimensions("m", "e", "a", "c"))
                .isNotEqualTo(new Dimensions("x", "e", "a", "c"))
                .isNotEqualTo(new Dimensions("m", "x", "a", "c"))
                .isNotEqualTo(new Dimensions("m", "e", "x", "c"))
                .isNotEqualTo(new Dimensions("m", "e", "a", "x"))
                .isNotEqualTo("m");
    }

    private void add(long atMillis, long version) {
        UsageWindows.add(
                rows,
                told::add,
                "acme",
                LABELS,
                atMillis,
                atMillis,
                EACH,
                version,
                Isolation.POOLED);
    }

    private String resolve(Dimensions labels, long atMillis, long bookedAtMillis) {
        return UsageWindows.resolve(rows, labels, atMillis, bookedAtMillis).endpoint();
    }
}
