package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/**
 * Every decision is the one that the reference takes, which forgets nothing and looks everything
 * up.
 */
@Domain(Schedules.class)
class ReferencePropertiesTest {
    @Property
    void r1R2R4R6R7R8B1B4B5B7C2C4EveryDecisionIsTheReferences(@ForAll Schedule schedule) {
        ReferenceTenant reference = new ReferenceTenant();
        History history = new History();
        int decided = 0;
        for (LogRecord record : schedule.log()) {
            Optional<Decision> expected = reference.apply(record);
            history.apply(record);
            assertThat(history.effects.decided).hasSize(decided + (expected.isPresent() ? 1 : 0));
            if (expected.isPresent()) {
                assertThat(sorted(history.effects.decided.get(decided++).decision()))
                        .as("decision about %s", record.event())
                        .isEqualTo(expected.get());
            }
        }
    }

    /** The order in which limits are looked at is nobody's business. */
    private static Decision sorted(Decision decision) {
        return decision.toBuilder()
                .violated(sorted(decision.violated()))
                .shadow(sorted(decision.shadow()))
                .warnings(sorted(decision.warnings()))
                .build();
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }
}
