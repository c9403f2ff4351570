package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
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
    void r1R2R4R6R7C2C4EveryDecisionIsTheReferences(@ForAll Schedule schedule) {
        ReferenceTenant reference = new ReferenceTenant();
        History history = new History();
        int decided = 0;
        for (LogRecord record : schedule.log()) {
            Optional<ReferenceTenant.Expected> expected = reference.apply(record);
            history.apply(record);
            assertThat(history.effects.decided).hasSize(decided + (expected.isPresent() ? 1 : 0));
            if (expected.isPresent()) {
                check(history.effects.decided.get(decided++).decision(), expected.get());
            }
        }
    }

    private static void check(Decision decision, ReferenceTenant.Expected expected) {
        assertThat(decision.outcome()).isEqualTo(expected.verdict());
        assertThat(decision.reason()).isEqualTo(expected.reason());
        assertThat(decision.decidedAtMillis()).isEqualTo(expected.decidedAtMillis());
        assertThat(decision.retryAfterMillis()).isEqualTo(expected.retryAfterMillis());
        assertThat(decision.policyVersion()).isEqualTo(expected.policy().version());
        for (LimitStatus status : decision.limits()) {
            boolean minute = status.name().equals(Names.REQUESTS_PER_MINUTE);
            long limit =
                    minute
                            ? expected.policy().requestsPerMinute()
                            : expected.policy().requestsPerDay();
            long used = minute ? expected.inMinute() : expected.inDay();
            assertThat(status.limit()).isEqualTo(limit);
            assertThat(status.remaining()).as(status.name()).isEqualTo(Math.max(0, limit - used));
        }
    }
}
