package io.sluice.pipeline.enforce;

import io.sluice.contract.EffectivePolicy;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Generated schedules: half requests, a third outcomes, and repeats and commands; four moves in ten
 * go to the edge of a window, a period, a TTL or an expiry, or 1 ms beside it. A schedule shrinks
 * by leaving out steps.
 */
public final class Schedules extends DomainContextBase {
    /** Anything: skewed clocks, late arrivals, changing policies. */
    @Provide
    Arbitrary<Schedule> schedules() {
        return of(
                Arbitraries.randomValue(Policies::several),
                Arbitraries.randomValue(random -> new Steps(random, true).next()));
    }

    /** One policy, and clocks that agree. */
    static Arbitrary<Schedule> calm() {
        return of(
                Arbitraries.randomValue(random -> List.of(Policies.one(random, 1))),
                Arbitraries.randomValue(random -> new Steps(random, false).next()));
    }

    private static Arbitrary<Schedule> of(
            Arbitrary<List<EffectivePolicy>> policies, Arbitrary<Step> step) {
        Arbitrary<List<Step>> steps =
                step.list()
                        .ofMinSize(1)
                        .ofMaxSize(140)
                        .withSizeDistribution(RandomDistribution.uniform());
        return Combinators.combine(policies, steps).as(Schedule::new);
    }
}
