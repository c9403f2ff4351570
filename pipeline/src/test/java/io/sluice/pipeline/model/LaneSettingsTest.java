package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.pipeline.model.schedule.Lane;
import io.sluice.pipeline.model.schedule.LaneSettings;
import io.sluice.pipeline.model.schedule.TargetSettings;
import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LaneSettingsTest {
    private static final LaneSettings ONE = new LaneSettings(1, 1, 1, 1);

    /** Also where there are more subtasks than calls. */
    @Property
    void partsOfAllSubtasksAddUpToTheSetting(
            @ForAll @IntRange(min = 1, max = 2_000) int calls,
            @ForAll @IntRange(min = 1, max = 128) int subtasks) {
        LaneSettings settings = new LaneSettings(calls, 1, 1, 1);
        int[] parts =
                IntStream.range(0, subtasks).map(i -> settings.callsOf(i, subtasks)).toArray();

        assertThat(IntStream.of(parts).sum()).isEqualTo(calls);
        assertThat(parts[0] - parts[subtasks - 1]).isBetween(0, 1);
        for (int i = 1; i < subtasks; i++) {
            assertThat(parts[i]).isLessThanOrEqualTo(parts[i - 1]);
        }
    }

    @Test
    void laneWithFewerCallsThanSubtasksIsRefusedByName() {
        assertThat(new LaneSettings(3, 1, 1, 1).boundsOf(Lane.BULK, 2, 3)).isNotNull();
        assertThatThrownBy(() -> new LaneSettings(3, 1, 1, 1).boundsOf(Lane.BULK, 0, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invoke/lane.bulk.calls: seen 3 with a parallelism of 4");
    }

    @Test
    void agingOutOfRangeIsRefusedByName() {
        for (Duration aging : new Duration[] {Duration.ZERO, Duration.ofDays(2)}) {
            assertThatThrownBy(
                            () ->
                                    new InvokeSettings(
                                            ONE,
                                            ONE,
                                            aging,
                                            Duration.ofMinutes(1),
                                            Duration.ofSeconds(10),
                                            1,
                                            BreakerSettings.SHIPPED,
                                            TargetSettings.WIDE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Invoke/aging: seen " + aging);
        }
    }

    @Test
    void operatorHoldsAllThatMayRunOrWaitAndWhatIsBeingStored() {
        InvokeSettings settings =
                new InvokeSettings(
                        new LaneSettings(10, 1_000, 100, 2_000),
                        new LaneSettings(5, 100, 200, 200),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10),
                        1,
                        BreakerSettings.SHIPPED,
                        TargetSettings.WIDE);

        assertThat(settings.operatorCapacity()).isEqualTo(10 + 100 + 5 + 200 + 15);
        assertThat(settings.operatorBytes()).isEqualTo((3_000 + 300) * 3 / 2);
    }
}
