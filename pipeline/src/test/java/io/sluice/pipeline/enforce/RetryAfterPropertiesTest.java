package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheMode;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** R8: what a decision says about the future comes true if nobody else uses the tenant. */
@Domain(Schedules.class)
class RetryAfterPropertiesTest {
    /** Probes of one schedule; each reads the log up to there again. */
    private static final int MOST_PROBES = 4;

    @Property
    void r8ARequestAfterRetryAfterIsAdmittedAndOneBeforeIsNot(@ForAll Schedule schedule) {
        List<LogRecord> log = schedule.log();
        History history = new History();
        int probes = 0;
        for (int i = 0; i < log.size() && probes < MOST_PROBES; i++) {
            int before = history.effects.decided.size();
            history.apply(log.get(i));
            if (history.effects.decided.size() > before) {
                EffectsLog.Decided decided = history.effects.decided.get(before);
                if (decided.decision().retryAfterMillis() != -1
                        && !downgrades(history.state.core().policy())) {
                    probes++;
                    check(decided, log.subList(0, i + 1));
                }
            }
        }
    }

    /** A request that comes when a budget is new is not downgraded, and may need more money. */
    private static boolean downgrades(EffectivePolicy policy) {
        return Stream.of(
                        Optional.ofNullable(policy.dayBudget()),
                        Optional.ofNullable(policy.monthBudget()))
                .flatMap(Optional::stream)
                .anyMatch(budget -> budget.action() == BudgetAction.DOWNGRADE);
    }

    private static void check(EffectsLog.Decided decided, List<LogRecord> log) {
        long at = decided.decision().decidedAtMillis() + decided.decision().retryAfterMillis();
        assertThat(decided.decision().outcome()).isEqualTo(Verdict.REJECTED);
        assertThat(decided.decision().retryAfterMillis()).isPositive();
        History late = History.of(log);
        if (late.state.core().holds().nextExpiryMillis() <= at) {
            return; // a call that ends does happen: it makes room, or leaves nobody to wait for
        }
        assertThat(probe(late, decided.facts(), at).outcome()).isNotEqualTo(Verdict.REJECTED);
        History early = History.of(log);
        Decision tooEarly = probe(early, decided.facts(), at - 1);
        boolean forgetsTurns = decided.facts().labels().session() != null;
        // Whoever comes later waits longer: a call in flight that ended too late is then in time.
        boolean joins = tooEarly.outcome() == Verdict.COALESCED;
        if (!forgetsTurns && !joins && tooEarly.decidedAtMillis() < at) {
            assertThat(tooEarly.outcome()).isEqualTo(Verdict.REJECTED);
        }
    }

    @Property
    void r8RemainingIsHowManyMoreAreAdmittedNow(@ForAll Schedule schedule) {
        History history = History.of(schedule.log());
        if (history.effects.decided.isEmpty()) {
            return;
        }
        EffectivePolicy policy = history.state.core().policy();
        long now = history.state.core().clockMillis();
        Decision last = probe(history, free("first", policy), now);
        if (last.outcome() != Verdict.INVOKED) {
            return; // in debt, or nothing remains, or it would go to a model without a price
        }
        long remaining =
                enforced(last, policy)
                        .filter(status -> !status.name().startsWith("budget"))
                        .filter(status -> !status.name().equals(Names.TOKENS_PER_MINUTE))
                        .mapToLong(LimitStatus::remaining)
                        .min()
                        .orElse(100);
        boolean sameTime = true;
        for (long i = 0; i < Math.min(remaining, 80) && sameTime; i++) {
            Decision next = probe(history, free("more-" + i, policy), now);
            sameTime = next.decidedAtMillis() == last.decidedAtMillis();
            if (sameTime) {
                assertThat(next.outcome()).as("%s of %s", i, remaining).isEqualTo(Verdict.INVOKED);
            }
        }
        Decision over = probe(history, free("over", policy), now);
        if (remaining < 80 && over.decidedAtMillis() == last.decidedAtMillis()) {
            assertThat(over.outcome()).isEqualTo(Verdict.REJECTED);
        }
    }

    @Property
    void r8AsManyTokensAsRemainAreAdmittedAndOneMoreIsNot(@ForAll Schedule schedule) {
        List<LogRecord> log = schedule.log();
        History history = History.of(log);
        if (history.effects.decided.isEmpty()) {
            return;
        }
        EffectivePolicy policy = history.state.core().policy();
        long now = history.state.core().clockMillis();
        Decision first = probe(history, free("first", policy), now);
        Optional<LimitStatus> tokens =
                enforced(first, policy)
                        .filter(status -> status.name().equals(Names.TOKENS_PER_MINUTE))
                        .findAny();
        if (first.outcome() == Verdict.INVOKED && tokens.isPresent()) {
            long left = tokens.get().remaining();
            RequestFacts exact = free("exact", policy).toBuilder().maxTokens(left).build();
            RequestFacts more = exact.toBuilder().maxTokens(left + 1).build();
            assertThat(probe(history, more, now).violated()).contains(Names.TOKENS_PER_MINUTE);
            Decision fits =
                    probe(history, free("2", policy).toBuilder().maxTokens(left).build(), now);
            assertThat(fits.violated()).doesNotContain(Names.TOKENS_PER_MINUTE);
        }
    }

    @Property
    void r8AsMuchMoneyAsRemainsIsAdmittedAndOneMoreIsNot(@ForAll Schedule schedule) {
        History history = History.of(schedule.log());
        if (history.effects.decided.isEmpty()) {
            return;
        }
        EffectivePolicy policy = history.state.core().policy();
        long now = history.state.core().clockMillis();
        Decision first = probe(history, free("first", policy), now);
        for (String name : List.of(Names.BUDGET_PER_DAY, Names.BUDGET_PER_MONTH)) {
            Optional<LimitStatus> budget =
                    enforced(first, policy).filter(s -> s.name().equals(name)).findAny();
            long left = budget.map(LimitStatus::remaining).orElse(Long.MAX_VALUE);
            if (left < 1_000_000_000 && budget.get().debt() == 0 && !downgrades(policy)) {
                RequestFacts exact =
                        free("exact-" + name, policy).toBuilder()
                                .model(Models.UNIT)
                                .maxTokens(left + 1)
                                .build();
                assertThat(probe(history, exact, now).violated()).contains(name);
                exact = exact.toBuilder().requestId("fits").maxTokens(left).build();
                History fresh = History.of(schedule.log());
                probe(fresh, free("first", policy), now);
                assertThat(probe(fresh, exact, now).violated()).doesNotContain(name);
            }
        }
    }

    private static boolean blocks(EffectivePolicy policy, String name) {
        boolean month = name.equals(Names.BUDGET_PER_MONTH);
        return (month ? policy.monthBudget() : policy.dayBudget()).action() == BudgetAction.BLOCK;
    }

    private static Stream<LimitStatus> enforced(Decision decision, EffectivePolicy policy) {
        return decision.limits().stream()
                .filter(status -> !policy.shadow().contains(status.name()))
                .filter(
                        status ->
                                !status.name().startsWith("budget")
                                        || blocks(policy, status.name()));
    }

    /** Asks for nothing that costs tokens or money. */
    private static RequestFacts free(String id, EffectivePolicy policy) {
        return Facts.request(id, 0)
                .policy(policy)
                .model(Models.FREE)
                .prices(Models.PRICES)
                .cacheMode(CacheMode.BYPASS)
                .estimatedInputTokens(0)
                .maxTokens(0)
                .build();
    }

    private static Decision probe(History history, RequestFacts facts, long atMillis) {
        RequestFacts again =
                facts.toBuilder()
                        .requestId("probe-" + facts.requestId() + atMillis)
                        .receivedAtMillis(atMillis)
                        .build();
        // Not before the newest arrival: that would be an event read for the second time.
        long arrivedAtMillis = Math.max(atMillis, history.state.core().arrivalMillis());
        history.apply(new LogRecord(Facts.event(again), arrivedAtMillis, "probe"));
        return history.effects.decided.get(history.effects.decided.size() - 1).decision();
    }
}
