package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** E3: permits come back whatever happens, and a half-open circuit lets few through. */
class CircuitPropertiesTest {
    private static final long NOON = 1_795_435_200_000L;
    private static final BreakerSettings SETTINGS =
            new BreakerSettings(2, 4, Duration.ofSeconds(5), Duration.ofSeconds(60), 3);

    private final Circuit circuit = new Circuit(SETTINGS, 1);

    @Property
    void e3PermitsComeBackAndHalfOpenAdmitsNoMoreThanItMay(
            @ForAll @Size(min = 20, max = 200) List<@IntRange(min = 0, max = 9_999) Integer> steps,
            @ForAll @IntRange(min = 1, max = 3) int most) {
        Circuit own = new Circuit(SETTINGS, most);
        List<Circuit.Permit> out = new ArrayList<>();
        long now = NOON;
        for (int step : steps) {
            int kind = step % 10;
            int before = own.state();
            if (kind < 4) {
                Circuit.Permit permit = own.tryAcquire(now);
                if (permit == null) {
                    assertThat(before).isNotEqualTo(Circuit.CLOSED);
                } else {
                    out.add(permit);
                }
            } else if (kind == 4) {
                now += step;
            } else if (!out.isEmpty()) {
                end(out.remove(step % out.size()), step, now);
            }
            assertThat(own.probes()).isBetween(0, most);
        }
        for (Circuit.Permit permit : out) {
            end(permit, 5, now);
        }
        assertThat(own.probes()).as("probes that never came back").isZero();
        assertThat(own.tryAcquire(now + 60_000)).as("never stuck").isNotNull();
    }

    /** Success, an error, throttling, a refused prompt, or no call at all; each of them twice. */
    private static void end(Circuit.Permit permit, int step, long now) {
        for (int times = 0; times < 2; times++) {
            switch (step % 10) {
                case 5 -> permit.succeeded(now);
                case 6 -> permit.failed(ModelFailure.TRANSIENT, now);
                case 7 -> permit.failed(ModelFailure.THROTTLED, now);
                case 8 -> permit.failed(ModelFailure.PERMANENT, now);
                default -> permit.unused(now);
            }
        }
    }

    private void fail(ModelFailure failure, long now) {
        Circuit.Permit permit = circuit.tryAcquire(now);
        assertThat(permit).isNotNull();
        permit.failed(failure, now);
    }

    private void open() {
        fail(ModelFailure.TIMEOUT, NOON);
        fail(ModelFailure.UNAVAILABLE, NOON);
        assertThat(circuit.state()).isEqualTo(Circuit.OPEN);
    }

    @Test
    void throttlingAndRefusedPromptsNeverOpenIt() {
        for (int i = 0; i < 100; i++) {
            fail(ModelFailure.THROTTLED, NOON);
            fail(ModelFailure.PERMANENT, NOON);
            fail(ModelFailure.PAYLOAD, NOON);
        }
        assertThat(circuit.state()).isEqualTo(Circuit.CLOSED);
    }

    @Test
    void openOneRefusesForItsPauseAndSaysHowLong() {
        open();
        assertThat(circuit.tryAcquire(NOON + 4_999)).isNull();
        assertThat(circuit.remainingMillis(NOON + 2_000)).isEqualTo(3_000);
        assertThat(circuit.tryAcquire(NOON + 5_000)).isNotNull();
        assertThat(circuit.state()).isEqualTo(Circuit.HALF_OPEN);
        assertThat(circuit.tryAcquire(NOON + 5_000)).as("one probe at once").isNull();
    }

    @Test
    void probeThatSucceedsClosesItAndOneThatFailsDoublesThePause() {
        open();
        fail(ModelFailure.TRANSIENT, NOON + 5_000);
        assertThat(circuit.tryAcquire(NOON + 14_999)).isNull();
        Circuit.Permit probe = circuit.tryAcquire(NOON + 15_000);
        assertThat(probe).isNotNull();
        probe.succeeded(NOON + 15_000);
        assertThat(circuit.state()).isEqualTo(Circuit.CLOSED);
    }

    @Test
    void probeThatWasThrottledTellsNothingAndLetsAnotherOneThrough() {
        open();
        fail(ModelFailure.THROTTLED, NOON + 5_000);
        assertThat(circuit.state()).isEqualTo(Circuit.HALF_OPEN);
        assertThat(circuit.tryAcquire(NOON + 5_000)).isNotNull();
    }

    @Test
    void callFromBeforeItOpenedDoesNotCloseIt() {
        Circuit.Permit early = circuit.tryAcquire(NOON);
        assertThat(early).isNotNull();
        open();
        early.succeeded(NOON + 1);
        assertThat(circuit.state()).isEqualTo(Circuit.OPEN);
        assertThat(circuit.tryAcquire(NOON + 5_000)).isNotNull();
        assertThat(circuit.state()).isEqualTo(Circuit.HALF_OPEN);
    }

    @Test
    void probesAreDividedOverSubtasksAndEachHasOne() {
        assertThat(SETTINGS.probesOf(0, 2) + SETTINGS.probesOf(1, 2)).isEqualTo(3);
        assertThat(SETTINGS.probesOf(7, 8)).isEqualTo(1);
    }
}
