package io.sluice.pipeline.alert;

import io.sluice.contract.AlertKind;
import io.sluice.contract.Money;
import io.sluice.pipeline.budget.Saturating;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;

/**
 * What a tenant spent in this hour and in up to 24 before it. An hour is abnormal once it cost so
 * many times the average of the hours before, of which at least three must be known. Hours that
 * follow an abnormal one and are so, too, belong to the same crossing.
 */
final class SpendWatch {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int HOURS = 24;
    private static final int LEAST_HOURS = 3;
    private static final int PERCENT = 100;

    private long hour;
    private long spentPicoUsd;
    private boolean abnormal;

    /** Newest first. */
    private final ArrayDeque<Long> before = new ArrayDeque<>();

    SpendWatch(Longs from) {
        hour = from.next();
        spentPicoUsd = from.next();
        abnormal = from.next() != 0;
        for (long left = from.next(); left > 0; left--) {
            before.addLast(from.next());
        }
    }

    void observe(Observation seen, AlertRules rules, Raise raise) {
        roll(Math.floorDiv(seen.atMillis(), HOUR_MILLIS), rules);
        spentPicoUsd = Saturating.sum(spentPicoUsd, seen.costPicoUsd());
        if (!abnormal && isAbnormal(rules)) {
            abnormal = true;
            raise.alert(AlertKind.SPEND_ANOMALY, "hour", details());
        }
    }

    private void roll(long now, AlertRules rules) {
        if (hour == 0) {
            hour = now;
        }
        if (now <= hour) {
            return;
        }
        abnormal = abnormal && now == hour + 1 && isAbnormal(rules);
        long gone = Math.min(now - hour, HOURS + 1);
        for (long i = 0; i < gone; i++) {
            before.addFirst(i == 0 ? spentPicoUsd : 0);
            if (before.size() > HOURS) {
                before.removeLast();
            }
        }
        hour = now;
        spentPicoUsd = 0;
    }

    private boolean isAbnormal(AlertRules rules) {
        return before.size() >= LEAST_HOURS
                && spentPicoUsd >= rules.anomalyLeastPicoUsd()
                && Products.atLeast(
                        spentPicoUsd,
                        (long) PERCENT * before.size(),
                        sumBefore(),
                        rules.anomalyPercent());
    }

    private long sumBefore() {
        long sum = 0;
        for (long spent : before) {
            sum = Saturating.sum(sum, spent);
        }
        return sum;
    }

    private Map<String, String> details() {
        return Map.of(
                "hour", Instant.ofEpochMilli(hour * HOUR_MILLIS).toString(),
                "spent_usd", Money.toUsd(spentPicoUsd),
                "average_usd", Money.toUsd(sumBefore() / before.size()),
                "hours", Integer.toString(before.size()));
    }

    void write(Longs to) {
        to.add(hour);
        to.add(spentPicoUsd);
        to.add(abnormal ? 1 : 0);
        to.add(before.size());
        for (long spent : before) {
            to.add(spent);
        }
    }
}
