package io.sluice.local.command.audit;

import io.sluice.contract.Granularity;
import io.sluice.local.command.audit.Sums.Place;
import io.sluice.local.command.ledger.Figures;
import java.math.BigInteger;
import java.time.Instant;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The rule by which a tenant's day is audited: whatever is summed up, and over which windows, the
 * tables come to the same to the last digit.
 */
final class DayAudit {
    private final String tenantId;
    private final Consumer<Finding> findings;

    DayAudit(String tenantId, Consumer<Finding> findings) {
        this.tenantId = tenantId;
        this.findings = findings;
    }

    /** Usage rows among themselves: minutes, hours and the day, by each label. */
    void usage(UsageDay usage) {
        for (UsageDay.Level level : UsageDay.Level.values()) {
            compare(
                    level.wireName(),
                    Granularity.HOUR,
                    "minutes",
                    usage.minutesInHours(level),
                    "hours",
                    usage.hours(level));
            compare(
                    level.wireName(),
                    Granularity.DAY,
                    "hours",
                    usage.hoursInDays(level),
                    "days",
                    usage.days(level));
        }
    }

    /** Usage rows against results, and these against attempts, by model and minute. */
    void models(UsageDay usage, Sums results, Sums attempts) {
        compare(
                "model",
                Granularity.MINUTE,
                "sluice-usage",
                usage.models(),
                "sluice-requests",
                results);
        compare(
                "model",
                Granularity.MINUTE,
                "sluice-requests",
                results,
                "sluice-attempts",
                attempts);
    }

    /**
     * Usage rows against results, by endpoint and day. Cannot be said if there were more endpoints
     * than are kept apart.
     */
    void endpoints(UsageDay usage, Sums results) {
        compare(
                "endpoint",
                Granularity.DAY,
                "sluice-usage",
                usage.days(UsageDay.Level.ENDPOINT),
                "sluice-requests",
                results);
    }

    private void compare(
            String level,
            Granularity granularity,
            String left,
            Sums ofLeft,
            String right,
            Sums ofRight) {
        TreeSet<Place> places = new TreeSet<>(ofLeft.figures().keySet());
        places.addAll(ofRight.figures().keySet());
        for (Place place : places) {
            Figures one = ofLeft.figures().getOrDefault(place, Figures.NONE);
            Figures other = ofRight.figures().getOrDefault(place, Figures.NONE);
            String window =
                    granularity.wireName() + ' ' + Instant.ofEpochMilli(place.windowStartMillis());
            compare(level, place, window, "cost", left, one.cost(), right, other.cost());
            compare(
                    level,
                    place,
                    window,
                    "provider cost",
                    left,
                    one.provider(),
                    right,
                    other.provider());
            compare(
                    level,
                    place,
                    window,
                    "estimated cost",
                    left,
                    one.estimated(),
                    right,
                    other.estimated());
        }
    }

    private void compare(
            String level,
            Place place,
            String window,
            String figure,
            String left,
            BigInteger one,
            String right,
            BigInteger other) {
        if (!one.equals(other)) {
            findings.accept(
                    new Finding(
                            tenantId,
                            level,
                            place.label(),
                            window,
                            figure,
                            left,
                            one,
                            right,
                            other));
        }
    }
}
