package io.sluice.local.command.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfTest {
    @Test
    void frequenciesFollowTheLaw() {
        Zipf zipf = new Zipf(4, 1.0);
        SplittableRandom random = new SplittableRandom(7);
        int[] counts = new int[4];
        for (int i = 0; i < 100_000; i++) {
            counts[zipf.draw(random)]++;
        }
        // 1 + 1/2 + 1/3 + 1/4 = 25/12
        assertThat(counts[0] / 100_000.0).isCloseTo(12 / 25.0, within(0.01));
        assertThat(counts[1] / 100_000.0).isCloseTo(6 / 25.0, within(0.01));
        assertThat(counts[2] / 100_000.0).isCloseTo(4 / 25.0, within(0.01));
        assertThat(counts[3] / 100_000.0).isCloseTo(3 / 25.0, within(0.01));
    }

    @Test
    void oneRankIsAlwaysDrawn() {
        assertThat(new Zipf(1, 1.1).draw(new SplittableRandom(1))).isZero();
    }
}
