package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterContainer;

/** The generated schedules reach what they are meant to reach. */
@Domain(Schedules.class)
class ScheduleShapeTest {
    private static final List<Integer> LENGTHS = new ArrayList<>();
    private static final Map<Verdict, Integer> VERDICTS = new EnumMap<>(Verdict.class);
    private static int events;
    private static int onBoundary;

    @Property(seed = "1", tries = 300)
    void isMeasured(@ForAll Schedule schedule) {
        Script script = schedule.script();
        LENGTHS.add(script.log().size());
        events += script.log().size();
        onBoundary += script.onBoundary();
        script.history()
                .effects
                .decided
                .forEach(decided -> VERDICTS.merge(decided.decision().outcome(), 1, Integer::sum));
    }

    @AfterContainer
    static void schedulesAreLongAndFullOfBoundaries() {
        Collections.sort(LENGTHS);
        assertThat(LENGTHS.get(LENGTHS.size() / 2)).as("median length").isGreaterThanOrEqualTo(50);
        assertThat(onBoundary).as("events on a boundary, of %s", events).isGreaterThan(events / 5);
        for (Verdict verdict : Verdict.values()) {
            assertThat(VERDICTS.get(verdict))
                    .as("%s of %s", verdict, VERDICTS)
                    .isGreaterThan(events / 50);
        }
    }
}
