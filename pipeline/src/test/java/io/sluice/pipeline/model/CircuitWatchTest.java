package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pipeline.alert.CircuitOpened;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CircuitWatchTest {
    private static final long NOW = 1_767_225_600_000L;

    @Test
    void anOpeningIsToldOnceUntilTheCircuitClosedAgain() {
        CircuitWatch watch = new CircuitWatch();
        Circuit circuit = new Circuit(BreakerSettings.SHIPPED, 1);
        watch.add("m@us-east-1", circuit);
        assertThat(watch.takeOpened(NOW)).isEmpty();
        open(circuit);
        assertThat(watch.takeOpened(NOW)).containsExactly(new CircuitOpened("m@us-east-1", NOW));
        assertThat(watch.takeOpened(NOW + 1)).isEmpty();
        long later = NOW + 3_600_000;
        Objects.requireNonNull(circuit.tryAcquire(later)).succeeded(later);
        assertThat(watch.takeOpened(later)).isEmpty();
        open(circuit);
        assertThat(watch.takeOpened(later)).hasSize(1);
    }

    private static void open(Circuit circuit) {
        while (circuit.state() == Circuit.CLOSED) {
            Objects.requireNonNull(circuit.tryAcquire(NOW)).failed(ModelFailure.UNAVAILABLE, NOW);
        }
    }
}
