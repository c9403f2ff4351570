package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.dedupe.RequestKey;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The small parts that figures are made of. */
class FiguresTest {
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    @Test
    void sumIsExactBeyondALong() {
        ExactSum sum = new ExactSum();
        sum.add(Long.MAX_VALUE);
        assertThat(sum.value()).isEqualTo(MOST);
        sum.add(0);
        sum.add(1);
        assertThat(sum.value()).isEqualTo(MOST.add(BigInteger.ONE));
        sum.add(Long.MAX_VALUE);
        sum.add(sum);
        assertThat(sum.value())
                .isEqualTo(MOST.multiply(BigInteger.TWO).add(BigInteger.ONE).shiftLeft(1));
    }

    @Test
    void peakIsOfAnySixtySecondsOpenAtTheStart() {
        MinutePeak peak = new MinutePeak();
        assertThat(peak.peak()).isZero();
        peak.admitted(0);
        peak.admitted(59_999);
        assertThat(peak.peak()).isEqualTo(2); // (−1, 59,999]
        peak.admitted(60_000);
        assertThat(peak.peak()).isEqualTo(2); // (0, 60,000]: the first has left
        peak.admitted(60_000);
        assertThat(peak.peak()).isEqualTo(3);
        peak.admitted(600_000);
        assertThat(peak.peak()).isEqualTo(3);
    }

    @Test
    void idIsTheProductsFormOfTimeAndLine() {
        // 48 bits of time and 80 of the line, in base 32 without I, L, O, U; then ten zeros.
        assertThat(SyntheticIds.of(1, 33))
                .isEqualTo("req_" + "0000000001" + "0000000000000011" + "0000000000");
        assertThat(SyntheticIds.of(TraceLine.LATEST_MILLIS, Long.MAX_VALUE))
                .isEqualTo("req_" + "76EZ91ZPZZ" + "0007ZZZZZZZZZZZZ" + "0000000000");
        RequestKey key = RequestKey.of(SyntheticIds.of(Trace.NOON, 77));
        assertThat(key.timeMillis()).isEqualTo(Trace.NOON);
        assertThat(key.low()).isEqualTo(77);
    }
}
