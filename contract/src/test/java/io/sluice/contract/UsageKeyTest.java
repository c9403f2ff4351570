package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsageKeyTest {
    private static final long NOON = 1_795_435_200_000L;

    @Test
    void rangeKeysOfAWindowStartWithItsPrefixAndSortBeforeTheNextWindow() {
        UsageKey key =
                UsageKey.builder()
                        .granularity(Granularity.MINUTE)
                        .windowStartMillis(NOON)
                        .model("amazon.nova-micro-v1:0")
                        .endpoint("zzz")
                        .agentId(Names.NO_LABEL)
                        .costCenter(Names.NO_LABEL)
                        .build();
        assertThat(key.rangeKey())
                .startsWith(UsageKey.rangePrefix(Granularity.MINUTE, NOON))
                .isGreaterThan(UsageKey.rangePrefix(Granularity.MINUTE, NOON))
                .isLessThan(UsageKey.rangePrefix(Granularity.MINUTE, NOON + 60_000));
        UsageKey late = key.toBuilder().lateDayMillis(NOON - 12 * 3_600_000).build();
        assertThat(late).isNotEqualTo(key);
        assertThat(late.rangeKey())
                .as("right behind the row that it belongs to")
                .isEqualTo(key.rangeKey() + "#late#2026-11-23T00:00:00Z")
                .isLessThan(UsageKey.rangePrefix(Granularity.MINUTE, NOON + 60_000));
    }

    @Test
    void windowsAreAlignedToUtcAlsoBefore1970() {
        assertThat(Granularity.DAY.windowStart(NOON + 1)).isEqualTo(NOON - 12 * 3_600_000);
        assertThat(Granularity.HOUR.windowStart(NOON + 3_600_000 - 1)).isEqualTo(NOON);
        assertThat(Granularity.MINUTE.windowStart(-1)).isEqualTo(-60_000);
    }
}
