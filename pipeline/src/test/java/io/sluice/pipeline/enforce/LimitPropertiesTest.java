package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What the request limits promise, each promise looked at by itself. */
@Domain(Schedules.class)
@Domain(DomainContext.Global.class)
class LimitPropertiesTest {
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;

    @Provide
    Arbitrary<Schedule> calm() {
        return Schedules.calm();
    }

    @Property
    void r1NeverMoreThanTheLimitInAnySixtySeconds(@ForAll Schedule schedule) {
        List<Long> admitted = new ArrayList<>();
        for (Decision decision : decisions(schedule.log())) {
            long now = decision.decidedAtMillis();
            long limit = policy(schedule, decision).requestsPerMinute();
            if (decision.outcome() != Verdict.REJECTED) {
                admitted.add(now);
                long inWindow = admitted.stream().filter(at -> at > now - MINUTE).count();
                assertThat(limit < 0 || inWindow <= limit).as("%s in a minute", inWindow).isTrue();
            }
        }
    }

    @Property
    void r2NoRequestIsRefusedWhileThereIsRoom(@ForAll Schedule schedule) {
        List<Long> admitted = new ArrayList<>();
        for (Decision decision : decisions(schedule.log())) {
            long now = decision.decidedAtMillis();
            EffectivePolicy policy = policy(schedule, decision);
            if (decision.outcome() != Verdict.REJECTED) {
                admitted.add(now);
            } else if (Names.REQUESTS_PER_MINUTE.equals(decision.reason())) {
                assertThat(admitted.stream().filter(at -> at > now - MINUTE).count())
                        .isGreaterThanOrEqualTo(policy.requestsPerMinute());
            } else {
                assertThat(admitted.stream().filter(at -> at / DAY == now / DAY).count())
                        .isGreaterThanOrEqualTo(policy.requestsPerDay());
            }
        }
    }

    @Property
    void r3RejectedRequestsConsumeNothing(@ForAll("calm") Schedule schedule) {
        List<LogRecord> log = schedule.log();
        Set<String> rejected = new HashSet<>();
        for (EffectsLog.Decided decided : History.of(log).effects.decided) {
            if (decided.decision().outcome() == Verdict.REJECTED) {
                rejected.add(decided.facts().requestId());
            }
        }
        List<LogRecord> without =
                log.stream()
                        .filter(record -> !rejected.contains(record.event().eventId()))
                        .toList();
        List<Decision> expected =
                decisions(log).stream()
                        .filter(decision -> decision.outcome() != Verdict.REJECTED)
                        .toList();
        assertThat(decisions(without).stream().map(LimitPropertiesTest::withoutSeq).toList())
                .isEqualTo(expected.stream().map(LimitPropertiesTest::withoutSeq).toList());
    }

    @Property
    void r4ARequestIsChargedToAllLimitsOrToNone(@ForAll Schedule schedule) {
        long inDay = 0;
        long day = 0;
        List<Long> admitted = new ArrayList<>();
        for (Decision decision : decisions(schedule.log())) {
            long now = decision.decidedAtMillis();
            inDay = now / DAY == day ? inDay : 0;
            day = now / DAY;
            if (decision.outcome() != Verdict.REJECTED) {
                admitted.add(now);
                inDay++;
            }
            for (LimitStatus status : decision.limits()) {
                long used =
                        status.name().equals(Names.REQUESTS_PER_DAY)
                                ? inDay
                                : admitted.stream().filter(at -> at > now - MINUTE).count();
                assertThat(status.remaining()).isEqualTo(Math.max(0, status.limit() - used));
            }
        }
    }

    @Property
    void r5TimeNeverGoesBackAndNothingOverflows(@ForAll Schedule schedule) {
        long before = 0;
        for (Decision decision : decisions(schedule.log())) {
            assertThat(decision.decidedAtMillis()).isGreaterThanOrEqualTo(before);
            before = decision.decidedAtMillis();
            assertThat(decision.retryAfterMillis()).isBetween(-1L, DAY);
            for (LimitStatus status : decision.limits()) {
                assertThat(status.remaining()).isBetween(0L, status.limit());
                assertThat(status.resetMillis()).isBetween(0L, DAY);
            }
        }
    }

    @Property
    void r5DecisionTimeIsWithinFiveSecondsOfAnArrival(@ForAll Schedule schedule) {
        long arrival = 0;
        History history = new History();
        for (LogRecord record : schedule.log()) {
            int decided = history.effects.decided.size();
            boolean taken = history.apply(record);
            arrival = taken ? Math.max(arrival, record.arrivedAtMillis()) : arrival;
            if (record.event() instanceof RequestEvent
                    && history.effects.decided.size() > decided) {
                Decision decision = history.effects.decided.get(decided).decision();
                assertThat(decision.decidedAtMillis()).isBetween(arrival - 5_000, arrival + 5_000);
            }
        }
    }

    @Property
    void r6ADayIsTheUtcDayOfDecisionTime(@ForAll("calm") Schedule schedule) {
        long limit = schedule.policies().get(0).requestsPerDay();
        long admitted = 0;
        long day = 0;
        for (Decision decision : decisions(schedule.log())) {
            admitted = decision.decidedAtMillis() / DAY == day ? admitted : 0;
            day = decision.decidedAtMillis() / DAY;
            boolean byDay = Names.REQUESTS_PER_DAY.equals(decision.reason());
            assertThat(byDay).as("refused for the day").isEqualTo(byDay && admitted == limit);
            admitted += decision.outcome() == Verdict.REJECTED ? 0 : 1;
            assertThat(limit < 0 || admitted <= limit).as("%s in a day", admitted).isTrue();
        }
    }

    @Property
    void r7TheHighestPolicySeenCountsAndForgivesNothing(@ForAll Schedule schedule) {
        int highest = 0;
        for (EffectsLog.Decided decided : History.of(schedule.log()).effects.decided) {
            highest = Math.max(highest, decided.facts().policy().version());
            assertThat(decided.decision().policyVersion()).isEqualTo(highest);
        }
        // That usage is kept over the change: R1, R2 and R4 hold under every change.
    }

    private static EffectivePolicy policy(Schedule schedule, Decision decision) {
        return schedule.policies().get(decision.policyVersion() - 1);
    }

    private static List<Decision> decisions(List<LogRecord> log) {
        return History.of(log).effects.decided.stream().map(EffectsLog.Decided::decision).toList();
    }

    private static Decision withoutSeq(Decision decision) {
        return decision.toBuilder().seq(0).build();
    }
}
