package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.command.e2e.Disturbance.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    /**
     * A part may be started again four times in five minutes; a kill of ours must not use them up.
     */
    private static final int RESTARTS = 4;

    @Test
    void seedAloneDecides() {
        assertThat(ChaosPlan.of(17)).isEqualTo(ChaosPlan.of(17)).isNotEqualTo(ChaosPlan.of(18));
    }

    @Test
    void fiftySeedsInARowMeetEverything() {
        Set<Kind> met = new TreeSet<>();
        int rescaled = 0;
        for (ChaosPlan plan : LongStream.range(1_000, 1_050).mapToObj(ChaosPlan::of).toList()) {
            List<Kind> kinds = plan.disturbances().stream().map(Disturbance::kind).toList();
            met.addAll(kinds);
            rescaled += kinds.contains(Kind.RESCALE) || kinds.contains(Kind.RESHARD) ? 1 : 0;
            assertThat(kinds)
                    .contains(Kind.KILL_JOB)
                    .containsAnyOf(Kind.KILL_AWS, Kind.KILL_DYNAMODB);
            assertThat(kinds.stream().filter(kind -> kind == Kind.KILL_JOB).count())
                    .isLessThan(RESTARTS);
        }
        assertThat(met).containsExactlyInAnyOrder(Kind.values());
        assertThat(rescaled).isEqualTo(10);
    }

    @Test
    void everythingHappensInItsOrderAndWhatIsSlowIsCalmAgain() {
        for (ChaosPlan plan : LongStream.range(0, 200).mapToObj(ChaosPlan::of).toList()) {
            assertThat(plan.disturbances())
                    .isSortedAccordingTo(Comparator.comparingLong(Disturbance::atMillis));
            for (Disturbance disturbed : plan.disturbances()) {
                if (disturbed.kind() == Kind.SLOW || disturbed.kind() == Kind.UNREACHABLE) {
                    assertThat(plan.disturbances())
                            .anyMatch(
                                    d ->
                                            d.kind() == Kind.CALM
                                                    && d.target() == disturbed.target()
                                                    && d.atMillis() > disturbed.atMillis());
                }
            }
        }
    }

    @Test
    void nothingHangsAtTheEnd() {
        ChaosPlan plan = ChaosPlan.of(17);
        assertThat(plan.behavior()).contains("\"hang\"");
        assertThat(plan.behaviorAtTheEnd())
                .doesNotContain("hang")
                .contains("\"throttle\":0.15", "\"cut_amid\"");
        assertThat(Json.parse(plan.behaviorAtTheEnd()).path("mix").has("seed")).isTrue();
    }
}
