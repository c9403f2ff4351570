package io.sluice.pipeline.alert;

import static io.sluice.pipeline.alert.Seen.DAY;
import static io.sluice.pipeline.alert.Seen.HOUR;
import static io.sluice.pipeline.alert.Seen.MIDNIGHT;
import static io.sluice.pipeline.alert.Seen.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each line, just below, on and above. */
class TenantWatchTest {
    private final Seen log = new Seen("acme");
    private TenantWatch watch = new TenantWatch();
    private final List<Alert> alerts = new ArrayList<>();

    private void see(Observation seen) {
        watch.observe(seen, AlertRules.SHIPPED, alerts::add);
    }

    private List<String> subjects() {
        List<String> subjects =
                alerts.stream().map(a -> a.kind().wireName() + ' ' + a.subject()).toList();
        alerts.clear();
        return subjects;
    }

    private List<String> budgets() {
        return subjects().stream().filter(subject -> subject.startsWith("budget")).toList();
    }

    @Test
    void eachThresholdIsToldWhenReachedAndOnce() {
        log.monthLimit = 10 * USD;
        see(log.answered(5 * USD - 1, 1));
        assertThat(subjects()).isEmpty();
        see(log.answered(1, 1));
        assertThat(alerts.get(0).details())
                .containsAllEntriesOf(
                        Map.of("spent_usd", "5", "budget_usd", "10", "threshold_percent", "50"));
        assertThat(subjects()).containsExactly("budget-threshold budget-per-month:50");
        see(log.answered(5 * USD, 1));
        see(log.answered(5 * USD, 1));
        assertThat(subjects())
                .containsExactly(
                        "budget-threshold budget-per-month:80",
                        "budget-threshold budget-per-month:100");
    }

    @Test
    void aNewDayStartsAgainAndARaisedBudgetIsCrossedAnew() {
        log.dayLimit = 10 * USD;
        see(log.answered(6 * USD, 1));
        assertThat(subjects()).containsExactly("budget-threshold budget-per-day:50");
        log.dayLimit = 20 * USD;
        see(log.admitted());
        see(log.answered(4 * USD, 1));
        assertThat(subjects()).containsExactly("budget-threshold budget-per-day:50");
        log.atMillis += DAY;
        see(log.admitted());
        see(log.answered(10 * USD, 1));
        assertThat(subjects()).contains("budget-threshold budget-per-day:50");
    }

    @Test
    void aForecastWaitsForAPartOfThePeriodAndIsToldOnce() {
        log.monthLimit = 310 * USD;
        see(log.admitted());
        log.atMillis = MIDNIGHT + HOUR;
        see(log.answered(20 * USD, 1));
        assertThat(budgets()).isEmpty();
        log.atMillis = MIDNIGHT + 2 * DAY;
        see(log.admitted());
        assertThat(alerts.get(0).details()).containsEntry("forecast_usd", "310.00");
        assertThat(budgets()).containsExactly("budget-forecast budget-per-month");
        see(log.answered(USD, 1));
        log.atMillis = MIDNIGHT + 2 * DAY + 4 * HOUR; // still foreseen
        see(log.answered(2 * USD, 1));
        assertThat(budgets()).isEmpty();
        log.atMillis = MIDNIGHT + 4 * DAY;
        see(log.admitted());
        see(log.answered(20 * USD, 1));
        assertThat(budgets()).containsExactly("budget-forecast budget-per-month");
    }

    @Test
    void whoBeganWithinTheMonthIsForeseenFromThen() {
        log.monthLimit = 310 * USD;
        log.atMillis = MIDNIGHT + 21 * DAY;
        see(log.answered(20 * USD, 1));
        log.atMillis += DAY;
        see(log.answered(9 * USD, 1));
        assertThat(budgets()).as("a day says too little of a month").isEmpty();
        log.atMillis += DAY;
        see(log.answered(33 * USD, 1)); // 62 in two days, eight are left
        assertThat(alerts.get(0).details()).containsEntry("forecast_usd", "310.00");
        assertThat(budgets()).containsExactly("budget-forecast budget-per-month");
    }

    @Test
    void whoComesBackAfterLongBeginsAnewWhetherOrNotItWasForgotten() {
        see(log.answered(USD, 1));
        log.atMillis += 36 * DAY;
        TenantWatch kept = watch;
        watch = new TenantWatch();
        Observation back = log.admitted();
        see(back);
        kept.observe(back, AlertRules.SHIPPED, alerts::add);
        assertThat(sinceOf(kept)).isEqualTo(sinceOf(watch)).isEqualTo(log.atMillis);
    }

    private static long sinceOf(TenantWatch watch) {
        long[] numbers = watch.numbers();
        return numbers[numbers.length - 2];
    }

    @Test
    void anHourIsAbnormalAgainstThoseBeforeIt() {
        for (int hour = 0; hour < 3; hour++) {
            see(log.answered(USD, 1));
            log.atMillis += HOUR;
        }
        see(log.answered(3 * USD - 1, 1));
        assertThat(subjects()).isEmpty();
        see(log.answered(1, 1));
        assertThat(alerts.get(0).details()).containsEntry("average_usd", "1");
        assertThat(subjects()).containsExactly("spend-anomaly hour");
        log.atMillis += HOUR;
        see(log.answered(9 * USD, 1)); // goes on: the same crossing
        log.atMillis += 2 * HOUR;
        see(log.answered(USD, 1)); // a quiet hour lies between
        assertThat(subjects()).isEmpty();
        log.atMillis += HOUR;
        see(log.answered(99 * USD, 1));
        assertThat(subjects()).containsExactly("spend-anomaly hour");
    }

    @Test
    void aNewTenantAndCheapHoursAreNoAnomaly() {
        see(log.answered(100 * USD, 1));
        log.atMillis += 30 * HOUR;
        see(log.answered(USD - 1, 1));
        assertThat(subjects()).isEmpty();
        see(log.answered(1, 1));
        assertThat(subjects()).containsExactly("spend-anomaly hour");
    }

    @Test
    void aSpikeOfRejectionsIsToldOnceUntilItIsHalved() {
        for (int i = 0; i < 19; i++) {
            see(log.rejected("requests-per-minute"));
        }
        assertThat(subjects()).isEmpty();
        for (int i = 0; i < 10; i++) {
            see(log.rejected("requests-per-minute"));
        }
        assertThat(subjects()).containsExactly("rejection-spike requests-per-minute");
        for (int i = 0; i < 80; i++) {
            see(log.admitted());
        }
        for (int i = 0; i < 60; i++) {
            see(log.rejected("queue-full")); // from 27 % up: never halved
        }
        assertThat(subjects()).isEmpty();
        log.atMillis += HOUR;
        see(log.admitted());
        for (int i = 0; i < 20; i++) {
            see(log.rejected("queue-full"));
        }
        assertThat(subjects()).containsExactly("rejection-spike queue-full");
    }

    @Test
    void failuresBurnWhenBothWindowsDo() {
        for (int i = 0; i < 900; i++) {
            see(log.answered(0, 1));
        }
        log.atMillis += 10 * 60_000;
        for (int i = 0; i < 69; i++) {
            see(log.failed("model-error")); // all of 5 minutes, but 7.12 % of the hour
        }
        assertThat(subjects()).isEmpty();
        see(log.failed("model-error")); // 70 of 970 are 7.2 %
        assertThat(subjects()).containsExactly("availability-burn free");
        log.atMillis += 2 * HOUR;
        for (int i = 0; i < 19; i++) {
            see(log.failed("unavailable"));
        }
        assertThat(subjects()).isEmpty(); // too few to tell
    }

    @Test
    void slowAnswersBurnTheirOwnBudgetAndWithdrawalsNone() {
        for (int i = 0; i < 30; i++) {
            see(log.failed("cancelled"));
            see(log.answered(0, 10_000));
        }
        assertThat(subjects()).isEmpty();
        for (int i = 0; i < 80; i++) {
            see(log.answered(0, 10_001));
        }
        assertThat(subjects()).containsExactly("latency-burn free");
    }

    @Test
    void anUnpricedModelIsToldOnceADay() {
        see(log.unpriced("a"));
        see(log.unpriced("b"));
        see(log.unpriced("a"));
        assertThat(subjects()).containsExactly("unpriced-model a", "unpriced-model b");
        log.atMillis += DAY;
        see(log.unpriced("a"));
        assertThat(subjects()).containsExactly("unpriced-model a");
    }

    @Test
    void lagIsToldOncePerCrossingUnderTheIdOfItsRecords() {
        LagWatch lag = new LagWatch("events", 60_000);
        assertThat(lag.observe(MIDNIGHT, MIDNIGHT + 59_999)).isNull();
        Alert first = lag.observe(MIDNIGHT, MIDNIGHT + 60_000);
        assertThat(first).isNotNull();
        assertThat(lag.observe(MIDNIGHT + 30_001, MIDNIGHT + 60_001)).isNull();
        assertThat(lag.observe(MIDNIGHT, MIDNIGHT + 90_000)).isNull();
        assertThat(lag.observe(MIDNIGHT, MIDNIGHT + 29_999)).isNull();
        Alert again = lag.observe(MIDNIGHT + 600_000, MIDNIGHT + 700_000);
        Alert restored = new LagWatch("events", 60_000).observe(MIDNIGHT + 1, MIDNIGHT + 99_999);
        assertThat(again).extracting(Alert::id).isNotEqualTo(id(first));
        assertThat(id(restored)).isEqualTo(id(first));
    }

    @Test
    void openingsOfOneCircuitInSeveralSubtasksAreOneAlert() {
        Alert one = new CircuitOpened("m@us-east-1", MIDNIGHT + 1).alert();
        assertThat(one.kind()).isEqualTo(AlertKind.CIRCUIT_OPEN);
        assertThat(new CircuitOpened("m@us-east-1", MIDNIGHT + 299_999).alert().id())
                .isEqualTo(one.id());
        assertThat(new CircuitOpened("m@us-east-1", MIDNIGHT + 300_000).alert().id())
                .isNotEqualTo(one.id());
    }

    private static String id(@org.jspecify.annotations.Nullable Alert alert) {
        return java.util.Objects.requireNonNull(alert).id();
    }
}
