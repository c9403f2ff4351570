package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Generated schedules: half requests, a third outcomes, and repeats; four moves in ten go to the
 * edge of a window, a day or a TTL, or 1 ms beside it.
 */
public final class Schedules extends DomainContextBase {
    /** Anything: skewed clocks, late arrivals, changing policies. */
    @Provide
    Arbitrary<Schedule> schedules() {
        return schedules(policies(), steps(true));
    }

    /** One policy, and clocks that agree. */
    static Arbitrary<Schedule> calm() {
        return schedules(policy(1).map(List::of), steps(false));
    }

    private static Arbitrary<Schedule> schedules(
            Arbitrary<List<EffectivePolicy>> policies, Arbitrary<Step> step) {
        Arbitrary<List<Step>> steps =
                step.list()
                        .ofMinSize(1)
                        .ofMaxSize(140)
                        .withSizeDistribution(RandomDistribution.uniform());
        return Combinators.combine(policies, steps).as(Schedule::new);
    }

    private static Arbitrary<List<EffectivePolicy>> policies() {
        return Arbitraries.integers()
                .between(1, 3)
                .flatMap(
                        count -> {
                            List<Arbitrary<EffectivePolicy>> all = new ArrayList<>();
                            for (int version = 1; version <= count; version++) {
                                all.add(policy(version));
                            }
                            return Combinators.combine(all).as(List::copyOf);
                        });
    }

    private static Arbitrary<EffectivePolicy> policy(int version) {
        return Combinators.combine(
                        Arbitraries.of(-1L, -1L, 0L, 1L, 2L, 3L, 3L, 5L, 5L, 8L, 8L, 70L),
                        Arbitraries.of(-1L, -1L, -1L, -1L, 4L, 10L, 30L, 1_000L),
                        Arbitraries.of(
                                0L,
                                1L,
                                5_000L,
                                60_000L,
                                60_000L,
                                1_800_000L,
                                1_800_000L,
                                1_800_000L))
                .as(
                        (perMinute, perDay, ttl) ->
                                Facts.policy()
                                        .version(version)
                                        .hash("p" + version)
                                        .requestsPerMinute(perMinute)
                                        .requestsPerDay(perDay)
                                        .cache(CacheRules.SHIPPED.withLlmTtlMillis(ttl))
                                        .build());
    }

    private static Arbitrary<Step> steps(boolean wild) {
        Arbitrary<Integer> back = Arbitraries.integers().between(0, 9);
        Arbitrary<Step> outcome =
                Combinators.combine(moves(), back, Arbitraries.integers().between(0, 9))
                        .as(Step.Outcome::new);
        Arbitrary<Step> repeat = Combinators.combine(moves(), back).as(Step.Repeat::new);
        Arbitrary<Step> repeatedOutcome =
                Combinators.combine(moves(), back).as(Step.RepeatedOutcome::new);
        Arbitrary<Step> command = moves().map(Step.Command::new);
        return Arbitraries.frequencyOf(
                Tuple.of(50, request(wild)),
                Tuple.of(34, outcome),
                Tuple.of(8, repeat),
                Tuple.of(6, repeatedOutcome),
                Tuple.of(2, command));
    }

    private static Arbitrary<Step> request(boolean wild) {
        Arbitrary<CacheMode> modes =
                Arbitraries.of(
                        CacheMode.DEFAULT,
                        CacheMode.DEFAULT,
                        CacheMode.DEFAULT,
                        CacheMode.DEFAULT,
                        CacheMode.REFRESH,
                        CacheMode.BYPASS);
        Arbitrary<Tuple.Tuple2<Long, Boolean>> clock =
                wild ? skews() : Arbitraries.just(Tuple.of(0L, false));
        Arbitrary<Long> late = wild ? lateness() : Arbitraries.just(0L);
        return Combinators.combine(
                        moves(),
                        clock,
                        late,
                        Arbitraries.integers().between(0, 2),
                        modes,
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 5))
                .as(
                        (move, skew, lateMillis, prompt, mode, policy, label) ->
                                new Step.Request(
                                        move,
                                        skew.get1(),
                                        skew.get2(),
                                        lateMillis,
                                        prompt,
                                        mode,
                                        policy,
                                        label));
    }

    private static Arbitrary<Tuple.Tuple2<Long, Boolean>> skews() {
        Arbitrary<Long> usual = Arbitraries.longs().between(-60, 60);
        Arbitrary<Long> tolerated =
                Arbitraries.of(-5_001L, -5_000L, -4_999L, 4_999L, 5_000L, 5_001L, -3_600_000L);
        Arbitrary<Long> wild =
                Arbitraries.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, Long.MAX_VALUE);
        return Arbitraries.frequencyOf(
                Tuple.of(80, Arbitraries.just(Tuple.of(0L, false))),
                Tuple.of(10, usual.map(skew -> Tuple.of(skew, false))),
                Tuple.of(7, tolerated.map(skew -> Tuple.of(skew, false))),
                Tuple.of(3, wild.map(any -> Tuple.of(any, true))));
    }

    private static Arbitrary<Long> lateness() {
        return Arbitraries.frequencyOf(
                Tuple.of(92, Arbitraries.just(0L)),
                Tuple.of(8, Arbitraries.of(1L, 4_999L, 5_000L, 7_000L)));
    }

    private static Arbitrary<Step.Move> moves() {
        Arbitrary<Integer> offset = Arbitraries.integers().between(-1, 1);
        Arbitrary<Step.Move> wait =
                Arbitraries.oneOf(
                                Arbitraries.just(0L),
                                Arbitraries.longs().between(0, 20),
                                Arbitraries.longs().between(0, 3_000),
                                Arbitraries.longs().between(0, 15_000))
                        .map(Step.Move.Wait::new);
        Arbitrary<Step.Move> window =
                Combinators.combine(Arbitraries.integers().between(0, 12), offset)
                        .as(Step.Move.WindowEdge::new);
        Arbitrary<Step.Move> ttl =
                Combinators.combine(Arbitraries.integers().between(0, 3), offset)
                        .as(Step.Move.TtlEdge::new);
        Arbitrary<Step.Move> midnight = offset.map(Step.Move.Midnight::new);
        return Arbitraries.frequencyOf(
                Tuple.of(56, wait), Tuple.of(26, window), Tuple.of(14, ttl), Tuple.of(4, midnight));
    }
}
