package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class UsageCountsTest {
    @Test
    void moneyHasNoBoundAndTokensStopWhereNoModelComes() {
        UsageCounts most =
                UsageCounts.builder()
                        .inputTokens(Long.MAX_VALUE)
                        .cacheReadTokens(Long.MAX_VALUE - 1)
                        .costPicoUsd(Long.MAX_VALUE)
                        .build();
        UsageCounts one =
                UsageCounts.builder().inputTokens(1).cacheReadTokens(1).costPicoUsd(1).build();
        UsageCounts sum = most.plus(one).plus(one);
        assertThat(sum.inputTokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(most.plus(one).cacheReadTokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(sum.costPicoUsd())
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.TWO));
        assertThat(sum.plus(UsageCounts.NONE)).isEqualTo(sum);
    }
}
