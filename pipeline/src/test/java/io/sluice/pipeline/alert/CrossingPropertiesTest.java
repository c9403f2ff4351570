package io.sluice.pipeline.alert;

import static io.sluice.pipeline.alert.Seen.HOUR;
import static io.sluice.pipeline.alert.Seen.USD;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Over random histories of one tenant; the seed is printed when one fails. */
class CrossingPropertiesTest {
    private static final AlertRules RULES =
            AlertRules.builder().rejections(40, 3).burn(20, 3).anomaly(200, USD / 10).build();

    /** One crossing, one alert: a threshold is told once for each time spending came to it. */
    @Property(tries = 200)
    void aThresholdIsToldExactlyOncePerPeriodItIsReachedIn(@ForAll Random random) {
        List<Observation> history = history(random, 120);
        TreeMap<String, Integer> expected = new TreeMap<>();
        TreeMap<String, Boolean> above = new TreeMap<>();
        for (Observation seen : history) {
            for (int percent : new int[] {50, 80, 100}) {
                count("budget-per-day:" + percent, seen.day(), percent, above, expected);
                count("budget-per-month:" + percent, seen.month(), percent, above, expected);
            }
        }
        TreeMap<String, Integer> told = new TreeMap<>();
        for (Alert alert : Seen.alerts(RULES, history)) {
            if (alert.kind() == AlertKind.BUDGET_THRESHOLD) {
                told.merge(alert.subject(), 1, Integer::sum);
            }
        }
        assertThat(told).isEqualTo(expected);
    }

    private static void count(
            String subject,
            BudgetUse use,
            int percent,
            Map<String, Boolean> above,
            Map<String, Integer> expected) {
        String period = subject + '@' + use.startMillis();
        boolean now =
                use.limitPicoUsd() > 0
                        && BigInteger.valueOf(use.spentPicoUsd())
                                        .multiply(BigInteger.valueOf(100))
                                        .compareTo(
                                                BigInteger.valueOf(use.limitPicoUsd())
                                                        .multiply(BigInteger.valueOf(percent)))
                                >= 0;
        if (now && !above.getOrDefault(period, false)) {
            expected.merge(subject, 1, Integer::sum);
        }
        above.put(period, now);
    }

    /**
     * Written down and read back before any observation, the same alerts come under the same ids.
     */
    @Property(tries = 200)
    void aRestartAnywhereChangesNothing(@ForAll Random random) {
        List<Observation> history = history(random, 150);
        List<Alert> whole = Seen.alerts(RULES, history);
        List<Alert> broken = new ArrayList<>();
        TenantWatch watch = new TenantWatch();
        for (Observation seen : history) {
            if (random.nextInt(4) == 0) {
                watch = new TenantWatch(watch.numbers(), watch.models());
            }
            watch.observe(seen, RULES, broken::add);
        }
        assertThat(broken).isEqualTo(whole);
        assertThat(whole.stream().map(Alert::id)).doesNotHaveDuplicates();
    }

    /** Every kind that a tenant's log can tell of comes about, so that the others say something. */
    @Property(tries = 1)
    void allKindsHappen() {
        List<AlertKind> kinds =
                Seen.alerts(RULES, history(new Random(7), 5_000)).stream()
                        .map(Alert::kind)
                        .toList();
        assertThat(kinds)
                .contains(
                        AlertKind.BUDGET_THRESHOLD,
                        AlertKind.BUDGET_FORECAST,
                        AlertKind.SPEND_ANOMALY,
                        AlertKind.REJECTION_SPIKE,
                        AlertKind.UNPRICED_MODEL,
                        AlertKind.AVAILABILITY_BURN,
                        AlertKind.LATENCY_BURN);
    }

    @Property
    void productsAreComparedExactly(
            @ForAll @LongRange(min = 0) long a,
            @ForAll @LongRange(min = 0) long b,
            @ForAll @LongRange(min = 0) long c,
            @ForAll @LongRange(min = 0) long d) {
        boolean expected = product(a, b).compareTo(product(c, d)) >= 0;
        assertThat(Products.atLeast(a, b, c, d)).isEqualTo(expected);
        assertThat(Products.atLeast(a, b, b, a)).isTrue();
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static List<Observation> history(Random random, int events) {
        Seen log = new Seen("acme");
        log.dayLimit = 4 * USD;
        log.monthLimit = 40 * USD;
        List<Observation> history = new ArrayList<>();
        while (history.size() < events) {
            log.atMillis += random.nextInt(10) == 0 ? random.nextLong(5 * HOUR) : 5_000;
            if (random.nextInt(50) == 0) {
                log.dayLimit = (1 + random.nextInt(8)) * USD;
            }
            history.add(event(log, random));
        }
        return history;
    }

    private static Observation event(Seen log, Random random) {
        switch (random.nextInt(8)) {
            case 0:
                return log.rejected("requests-per-minute");
            case 1:
                return log.failed(random.nextInt(4) == 0 ? "cancelled" : "model-error");
            case 2:
                return log.unpriced("m" + random.nextInt(3));
            case 3:
            case 4:
                return log.admitted();
            default:
                return log.answered(
                        random.nextLong(USD / 2), random.nextInt(5) == 0 ? 20_000 : 100);
        }
    }
}
