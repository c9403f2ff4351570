package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** R8: what a decision says about the future comes true if nobody else uses the tenant. */
@Domain(Schedules.class)
class RetryAfterPropertiesTest {
    @Property
    void r8ARequestAfterRetryAfterIsAdmittedAndOneBeforeIsNot(@ForAll Schedule schedule) {
        List<LogRecord> log = schedule.log();
        for (int i = 0; i < log.size(); i++) {
            Optional<Decision> rejection =
                    decisionOf(log, i).filter(RetryAfterPropertiesTest::isFinite);
            if (rejection.isPresent() && i % 8 == 0) {
                long decidedAt = rejection.get().decidedAtMillis();
                long wait = rejection.get().retryAfterMillis();
                assertThat(wait).isPositive();
                Decision early = probe(log.subList(0, i + 1), decidedAt + wait - 1);
                assertThat(
                                early.outcome() == Verdict.REJECTED
                                        || early.decidedAtMillis() >= decidedAt + wait)
                        .as("refused 1 ms before retry_after")
                        .isTrue();
                Decision late = probe(log.subList(0, i + 1), decidedAt + wait);
                assertThat(late.outcome()).isNotEqualTo(Verdict.REJECTED);
            }
        }
    }

    @Property
    void r8RemainingIsHowManyMoreAreAdmittedNow(@ForAll Schedule schedule) {
        List<LogRecord> log = schedule.log();
        History history = History.of(log);
        assumeDecided(history);
        Decision last = history.effects.decided.get(history.effects.decided.size() - 1).decision();
        long remaining = last.limits().stream().mapToLong(LimitStatus::remaining).min().orElse(100);
        long now = last.decidedAtMillis();
        for (long i = 0; i < Math.min(remaining, 80); i++) {
            Decision next = probe(history, "more-" + i, now);
            if (next.decidedAtMillis() == now) {
                assertThat(next.outcome())
                        .as("request %s of %s", i, remaining)
                        .isNotEqualTo(Verdict.REJECTED);
            }
        }
        Decision over = probe(history, "over", now);
        if (remaining < 80 && over.decidedAtMillis() == now) {
            assertThat(over.outcome()).isEqualTo(Verdict.REJECTED);
        }
    }

    private static void assumeDecided(History history) {
        assumeThat(history.effects.decided).isNotEmpty();
    }

    private static boolean isFinite(Decision decision) {
        return decision.outcome() == Verdict.REJECTED
                && decision.limits().stream().allMatch(status -> status.limit() > 0);
    }

    private static Optional<Decision> decisionOf(List<LogRecord> log, int index) {
        History history = History.of(log.subList(0, index));
        int before = history.effects.decided.size();
        history.apply(log.get(index));
        return history.effects.decided.size() == before
                ? Optional.empty()
                : Optional.of(history.effects.decided.get(before).decision());
    }

    private static Decision probe(List<LogRecord> log, long atMillis) {
        return probe(History.of(log), "probe", atMillis);
    }

    private static Decision probe(History history, String id, long atMillis) {
        EffectivePolicy policy = history.state.core().policy();
        RequestFacts facts =
                Facts.request(id, atMillis).policy(policy).cacheMode(CacheMode.BYPASS).build();
        // Not before the newest arrival: that would be an event read for the second time.
        long arrivedAtMillis = Math.max(atMillis, history.state.core().arrivalMillis());
        history.apply(new LogRecord(Facts.event(facts), arrivedAtMillis, id));
        return history.effects.decided.get(history.effects.decided.size() - 1).decision();
    }
}
