package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.dedupe.RequestKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What a decision takes from the limits: all that it is charged to, or nothing. */
@Domain(Schedules.class)
class ConsumptionPropertiesTest {
    @Property
    void r3ARejectionLeavesTheBytesOfTimePassing(@ForAll Schedule schedule) {
        StoredTenantState state = new StoredTenantState();
        Observed observed = new Observed(state);
        for (LogRecord record : schedule.log()) {
            StoredTenantState blank = state.copy();
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null && decided.decision().outcome() == Verdict.REJECTED) {
                letPass(blank, record, decided);
                assertThat(state).isEqualTo(blank);
            }
        }
    }

    /** What any new request leaves, however it is decided: clocks, number, id and policy. */
    private static void letPass(TenantState state, LogRecord record, EffectsLog.Decided decided) {
        RequestFacts facts = ((RequestEvent) record.event()).facts();
        TenantCore core = state.core();
        long arrivalMillis = core.arrivedAt(record.arrivedAtMillis());
        core.nextSeq();
        core.clock(decided.decision().decidedAtMillis(), state);
        Overdue.end(state, core, facts.tenantId(), new QuietEffects());
        core.seen().add(RequestKey.of(facts.requestId()), arrivalMillis, state);
        core.newest(facts.policy());
        state.save(core);
    }

    @Property
    void r4ARequestIsChargedToAllLimitsOrToNone(@ForAll Schedule schedule) {
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            TenantCore core = observed.history.state.core();
            long head = core.minute().head();
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null) {
                boolean admitted = decided.decision().outcome() != Verdict.REJECTED;
                assertThat(core.minute().head()).isEqualTo(head + (admitted ? 1 : 0));
                for (LimitStatus status : decided.decision().limits()) {
                    assertThat(status.remaining())
                            .as(status.name())
                            .isEqualTo(
                                    Math.max(
                                            0,
                                            status.limit()
                                                    - used(observed, decided, status.name())));
                }
            }
        }
    }

    @Property
    void b7AnAnswerFromTheCacheTakesAPlaceButNoTokensAndNoMoney(@ForAll Schedule schedule) {
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            TenantCore core = observed.history.state.core();
            long head = core.minute().head();
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null && decided.decision().outcome() == Verdict.CACHE_HIT) {
                assertThat(core.minute().head()).isEqualTo(head + 1);
                assertThat(observed.books.entries.get(observed.books.entries.size() - 1).tokens)
                        .isZero();
                assertThat(observed.hold(decided.facts().requestId())).isNull();
            }
        }
    }

    /** What a limit counts after the event, added up. */
    static long used(Observed observed, EffectsLog.Decided decided, String name) {
        long now = decided.decision().decidedAtMillis();
        return switch (name) {
            case Names.REQUESTS_PER_MINUTE -> observed.books.inMinute(now);
            case Names.REQUESTS_PER_DAY -> observed.books.inDay(now);
            case Names.MAX_PENDING -> observed.pending();
            case Names.TOKENS_PER_MINUTE -> observed.books.tokensInMinute(now);
            case Names.BUDGET_PER_DAY -> observed.used(false);
            case Names.BUDGET_PER_MONTH -> observed.used(true);
            default -> throw new AssertionError(name);
        };
    }
}
