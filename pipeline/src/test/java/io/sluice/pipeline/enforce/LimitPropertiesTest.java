package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What the limits promise, each promise looked at by itself. */
@Domain(Schedules.class)
class LimitPropertiesTest {
    private static final long MONTH = 31L * 86_400_000;

    @Property
    void r1NeverMoreRequestsOrTokensThanTheLimitInAnySixtySeconds(@ForAll Schedule schedule) {
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null && decided.decision().outcome() != Verdict.REJECTED) {
                long now = decided.decision().decidedAtMillis();
                long requests = enforced(schedule, decided, Names.REQUESTS_PER_MINUTE);
                assertThat(observed.books.inMinute(now)).isLessThanOrEqualTo(requests);
                long tokens = enforced(schedule, decided, Names.TOKENS_PER_MINUTE);
                if (decided.decision().outcome() == Verdict.INVOKED) {
                    assertThat(observed.books.tokensInMinute(now)).isLessThanOrEqualTo(tokens);
                }
            }
        }
    }

    @Property
    void r2NoRequestIsRefusedWhileThereIsRoom(@ForAll Schedule schedule) {
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null && decided.decision().outcome() == Verdict.REJECTED) {
                Decision decision = decided.decision();
                if (decision.violated().isEmpty()) {
                    assertThat(decision.reason())
                            .isIn(Names.MODEL_NOT_ALLOWED, Names.SESSION_BUSY, Names.UNPRICED);
                }
                for (String name : decision.violated()) {
                    long limit = enforced(schedule, decided, name);
                    assertThat(ReferenceReview.isOver(limit, used(observed, decided, name), 0))
                            .as("%s over %s", name, limit)
                            .isTrue();
                }
            }
        }
    }

    /** What a limit would have counted with a request admitted; the request as the most it is. */
    private static long used(Observed observed, EffectsLog.Decided decided, String name) {
        RequestFacts facts = decided.facts();
        String other = decided.decision().downgradedTo();
        long turns = facts.labels().session() == null ? 0 : 1_000_000_000_000L;
        long now = decided.decision().decidedAtMillis();
        long money = ReferenceBooks.picoUsd(facts, other == null ? facts.model() : other, turns);
        return switch (name) {
            case Names.REQUESTS_PER_MINUTE -> observed.books.inMinute(now) + 1;
            case Names.REQUESTS_PER_DAY -> observed.books.inDay(now) + 1;
            case Names.MAX_PENDING -> observed.pending() + 1;
            case Names.TOKENS_PER_MINUTE ->
                    observed.books.tokensInMinute(now) + ReferenceBooks.tokens(facts, turns);
            case Names.BUDGET_PER_DAY -> sum(observed.used(false), money);
            case Names.BUDGET_PER_MONTH -> sum(observed.used(true), money);
            default -> throw new AssertionError(name);
        };
    }

    @Property
    void r5TimeNeverGoesBackAndNothingOverflows(@ForAll Schedule schedule) {
        History history = new History();
        long before = 0;
        for (LogRecord record : schedule.log()) {
            history.apply(record);
            assertThat(history.state.core().clockMillis()).isGreaterThanOrEqualTo(before);
            before = history.state.core().clockMillis();
            assertThat(history.state.core().holds().heldPicoUsd()).isNotNegative();
            assertThat(history.state.core().holds().pending()).isNotNegative();
            assertThat(history.state.core().minute().tokens()).isNotNegative();
            assertThat(history.state.core().daySpending().spentPicoUsd()).isNotNegative();
        }
        for (EffectsLog.Decided decided : history.effects.decided) {
            assertThat(decided.decision().retryAfterMillis()).isBetween(-1L, MONTH);
            for (LimitStatus status : decided.decision().limits()) {
                assertThat(status.remaining()).isBetween(0L, status.limit());
                assertThat(status.debt()).isNotNegative();
                assertThat(status.resetMillis()).isBetween(-1L, MONTH);
            }
        }
    }

    @Property
    void r5DecisionTimeIsWithinFiveSecondsOfAnArrival(@ForAll Schedule schedule) {
        long arrival = 0;
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            EffectsLog.Decided decided = observed.apply(record);
            arrival = observed.history.state.core().arrivalMillis();
            if (record.event() instanceof RequestEvent && decided != null) {
                assertThat(decided.decision().decidedAtMillis())
                        .isBetween(arrival - 5_000, arrival + 5_000);
            }
        }
    }

    @Property
    void r6DaysAndMonthsAreThoseOfDecisionTimeInUtcAndStartFromNothing(@ForAll Schedule schedule) {
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null && decided.decision().outcome() != Verdict.REJECTED) {
                long now = decided.decision().decidedAtMillis();
                assertThat(observed.books.inDay(now))
                        .isLessThanOrEqualTo(enforced(schedule, decided, Names.REQUESTS_PER_DAY));
            }
            TenantCore core = observed.history.state.core();
            long now = core.clockMillis();
            assertThat(core.daySpending().spentPicoUsd())
                    .isEqualTo(observed.books.spent(false, now));
            assertThat(core.monthSpending().spentPicoUsd())
                    .isEqualTo(observed.books.spent(true, now));
            assertThat(core.day().count()).isEqualTo(observed.books.inDay(now));
        }
    }

    @Property
    void r7AToBToAForgivesNothing(@ForAll Schedule schedule) {
        EffectivePolicy a = schedule.policies().get(0);
        EffectivePolicy b = schedule.policies().get(schedule.policies().size() - 1);
        List<EffectivePolicy> back =
                List.of(a, b.toBuilder().version(2).build(), a.toBuilder().version(3).build());
        Observed observed = new Observed();
        int highest = 0;
        for (LogRecord record : new Schedule(back, schedule.steps()).log()) {
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null) {
                highest = Math.max(highest, decided.facts().policy().version());
                assertThat(decided.decision().policyVersion()).isEqualTo(highest);
                for (LimitStatus status : decided.decision().limits()) {
                    long used = ConsumptionPropertiesTest.used(observed, decided, status.name());
                    assertThat(status.remaining()).isEqualTo(Math.max(0, status.limit() - used));
                    assertThat(status.debt()).isEqualTo(Math.max(0, used - status.limit()));
                }
            }
        }
    }

    private static long enforced(Schedule schedule, EffectsLog.Decided decided, String name) {
        return schedule.policy(decided.decision()).shadow().contains(name)
                ? Long.MAX_VALUE
                : decided.decision().limits().stream()
                        .filter(status -> status.name().equals(name))
                        .mapToLong(LimitStatus::limit)
                        .findAny()
                        .orElse(Long.MAX_VALUE);
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
