package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AfterContainer;

/** The generated schedules reach what they are meant to reach. */
@Domain(Schedules.class)
class ScheduleShapeTest {
    private static final List<String> REASONS =
            List.of(
                    Names.REQUESTS_PER_MINUTE,
                    Names.REQUESTS_PER_DAY,
                    Names.TOKENS_PER_MINUTE,
                    Names.QUEUE_FULL,
                    Names.BUDGET_PER_DAY,
                    Names.BUDGET_PER_MONTH,
                    Names.MODEL_NOT_ALLOWED,
                    Names.SESSION_BUSY,
                    Names.UNPRICED);
    private static final List<String> RARER =
            List.of(
                    "downgraded",
                    "warned",
                    "in shadow",
                    "unpriced",
                    "clock adjusted",
                    "in debt",
                    "told to wait",
                    "hold expired",
                    "late outcome",
                    "keepTurn",
                    "dropConversation",
                    "dropAnswer",
                    "answerParked",
                    "failParked",
                    "cancelParked",
                    "invokeParked",
                    "withdraw");

    private static final List<Integer> LENGTHS = new ArrayList<>();
    private static final SortedMap<String, Integer> SEEN = new TreeMap<>();
    private static int events;
    private static int onBoundary;
    private static int decisions;

    @Property(seed = "1", tries = 400)
    void isMeasured(@ForAll Schedule schedule) {
        Script script = schedule.script();
        LENGTHS.add(script.log().size());
        events += script.log().size();
        onBoundary += script.onBoundary();
        script.history().effects.decided.forEach(decided -> count(decided.decision()));
        script.history().effects.lines.forEach(line -> count(line.split(" ")[0], true));
        Observed observed = new Observed();
        for (LogRecord record : script.log()) {
            int expired = expired(observed);
            if (record.event() instanceof OutcomeEvent outcome) {
                Hold hold = observed.hold(outcome.facts().requestId());
                count("late outcome", hold != null && hold.expired());
            }
            observed.apply(record);
            count("hold expired", expired(observed) > expired);
        }
    }

    private static int expired(Observed observed) {
        int expired = 0;
        for (String id : observed.history.effects.open.keySet()) {
            Hold hold = observed.hold(id);
            expired += hold != null && hold.expired() ? 1 : 0;
        }
        return expired;
    }

    private static void count(Decision decision) {
        decisions++;
        count(decision.outcome().wireName(), true);
        count(String.valueOf(decision.reason()), decision.reason() != null);
        count("downgraded", decision.downgradedTo() != null);
        count("warned", !decision.warnings().isEmpty());
        count("in shadow", !decision.shadow().isEmpty());
        count("unpriced", decision.unpriced() && decision.outcome() == Verdict.INVOKED);
        count("clock adjusted", decision.clockAdjusted());
        count("in debt", decision.limits().stream().mapToLong(LimitStatus::debt).sum() != 0);
        count("told to wait", decision.retryAfterMillis() > 0);
    }

    private static void count(String what, boolean isSo) {
        SEEN.merge(what, isSo ? 1 : 0, Integer::sum);
    }

    @AfterContainer
    static void schedulesAreLongAndFullOfBoundaries() {
        Collections.sort(LENGTHS);
        int median = LENGTHS.get(LENGTHS.size() / 2);
        System.out.printf(
                "schedules: %s, median length %s, events %s, on a boundary %s, decisions %s%n%s%n",
                LENGTHS.size(), median, events, onBoundary, decisions, SEEN);
        assertThat(median).as("median length").isGreaterThanOrEqualTo(50);
        assertThat(onBoundary).as("events on a boundary, of %s", events).isGreaterThan(events / 5);
        for (Verdict verdict : Verdict.values()) {
            assertThat(SEEN.get(verdict.wireName())).as("%s", verdict).isGreaterThan(events / 50);
        }
        for (String reason : REASONS) {
            assertThat(SEEN.get(reason)).as(reason).isNotNull().isGreaterThan(decisions / 200);
        }
        for (String what : RARER) {
            assertThat(SEEN.get(what)).as(what).isNotNull().isGreaterThan(events / 2_000);
        }
    }
}
