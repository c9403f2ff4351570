package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    @Test
    void intendedStartsAreEvenlySpacedEvenWhenACallStalls() {
        List<Long> intended = new ArrayList<>();
        OpenLoop.run(
                100,
                1,
                (call, start) -> {
                    intended.add(start);
                    if (call == 10) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                    }
                });
        assertThat(intended).hasSize(100);
        for (int i = 1; i < intended.size(); i++) {
            assertThat(intended.get(i) - intended.get(i - 1))
                    .isEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Test
    void noCallStartsBeforeItsTime() {
        OpenLoop.run(
                1_000,
                1,
                (call, start) -> assertThat(System.nanoTime()).isGreaterThanOrEqualTo(start));
    }
}
