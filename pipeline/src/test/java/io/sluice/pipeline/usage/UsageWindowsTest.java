package io.sluice.pipeline.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.contract.Granularity;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.pipeline.enforce.Facts;
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
    void aMinuteIsClosedWhenItEndsAndNotBefore() {
        add(NOW, 1);
        UsageWindows.closeBefore(rows, NOW + 59_999);
        assertThat(rows.rows).hasSize(3);
        UsageWindows.closeBefore(rows, NOW + 60_000);
        assertThat(rows.rows.keySet())
                .extracting(key -> key.granularity())
                .containsExactlyInAnyOrder(Granularity.HOUR, Granularity.DAY);
        UsageWindows.closeBefore(rows, NOW + 43_200_000);
        assertThat(rows.rows).isEmpty();
    }

    @Test
    void moneyThatDoesNotFitIsAnErrorAndNotANegativeSum() {
        rows.putUsage(
                LABELS.key(Granularity.MINUTE, NOW),
                UsageCounts.builder().costPicoUsd(Long.MAX_VALUE).build());
        assertThatThrownBy(() -> add(NOW, 1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void labelsOfARowThatIsThereAreNotLookedUpAgain() {
        rows.book = new LabelBook(Granularity.DAY.windowStart(NOW));
        add(NOW, 1);
        for (int i = 0; i < 100; i++) {
            UsageWindows.resolve(rows, new Dimensions("m", "e" + i, "-", "-"), NOW);
        }
        assertThat(UsageWindows.resolve(rows, LABELS, NOW).endpoint()).isEqualTo("chat");
        assertThat(UsageWindows.resolve(rows, new Dimensions("m", "new", "-", "-"), NOW).endpoint())
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
        UsageWindows.add(rows, told::add, "acme", LABELS, atMillis, EACH, version);
    }
}
