package io.sluice.ingress.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.WritePause;
import org.junit.jupiter.api.Test;

class HeededPauseTest {
    private static final long NOW = 1_795_435_200_000L;
    private static final long YEAR = 365L * 24 * 3_600_000;

    @Test
    void pauseEndsWhenItWasWishedTo() {
        HeededPause pause = HeededPause.NONE.read("a", NOW + 60_000, NOW);
        assertThat(pause.leftMillis(NOW + 1_000)).isEqualTo(59_000);
        assertThat(pause.leftMillis(NOW + 60_000)).isZero();
        assertThat(HeededPause.NONE.leftMillis(NOW)).isZero();
    }

    @Test
    void pauseOfAWrongClockEndsThoughItIsReadAgainAndAgain() {
        HeededPause pause = HeededPause.NONE;
        long paused = 0;
        for (long at = NOW; at < NOW + 10 * WritePause.MOST_MILLIS; at += WritePause.READ_MILLIS) {
            pause = pause.read("a", NOW + YEAR, at);
            paused += pause.leftMillis(at) > 0 ? WritePause.READ_MILLIS : 0;
        }
        assertThat(paused).isEqualTo(WritePause.MOST_MILLIS);
    }

    @Test
    void anotherPauseIsHeededAnew() {
        long later = NOW + 2 * WritePause.MOST_MILLIS;
        HeededPause spent = HeededPause.NONE.read("a", NOW + YEAR, NOW);
        assertThat(spent.leftMillis(later)).isZero();
        assertThat(spent.read("b", NOW + YEAR, later).leftMillis(later)).isPositive();
        assertThat(spent.read("a", later + 30_000, later).leftMillis(later)).isEqualTo(30_000);
    }
}
