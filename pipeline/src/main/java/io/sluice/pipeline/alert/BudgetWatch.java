package io.sluice.pipeline.alert;

import io.sluice.contract.AlertKind;
import io.sluice.contract.Forecast;
import io.sluice.contract.Money;
import io.sluice.pipeline.budget.Spending;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * Where one of a tenant's budgets stands: how many thresholds of the period are reached, and
 * whether its end is in sight. A threshold is alerted at once per period, again only after a raised
 * budget took spending back below it. The {@link Forecast} is told once the tenant's average is
 * over a twenty-fourth of the period; it crosses again only after it fell below nine tenths of the
 * budget.
 */
final class BudgetWatch {

    private static final long DAY_MILLIS = 86_400_000;
    private static final int PERCENT = 100;
    private static final int USD_DECIMALS = 12;

    /** The forecast waits for this part of the period. */
    private static final int PARTS = 24;

    private final String name;
    private final Spending.Period period;
    private long startMillis;
    private int reached;
    private boolean foreseen;

    BudgetWatch(String name, Spending.Period period, Longs from) {
        this.name = name;
        this.period = period;
        this.startMillis = from.next();
        this.reached = (int) from.next();
        this.foreseen = from.next() != 0;
    }

    void observe(BudgetUse use, long sinceMillis, long atMillis, int[] percents, Raise raise) {
        if (use.startMillis() != startMillis) {
            startMillis = use.startMillis();
            reached = 0;
            foreseen = false;
        }
        if (use.limitPicoUsd() <= 0) {
            reached = 0;
            foreseen = false;
            return;
        }
        int before = reached;
        reached = 0;
        while (reached < percents.length && isReached(use, percents[reached])) {
            reached++;
        }
        for (int i = before; i < reached; i++) {
            raise.alert(
                    AlertKind.BUDGET_THRESHOLD,
                    name + ':' + percents[i],
                    details(use, "threshold_percent", Integer.toString(percents[i])));
        }
        foresee(use, sinceMillis, atMillis, raise);
    }

    private static boolean isReached(BudgetUse use, int percent) {
        return Products.atLeast(use.spentPicoUsd(), PERCENT, use.limitPicoUsd(), percent);
    }

    private void foresee(BudgetUse use, long sinceMillis, long atMillis, Raise raise) {
        long length = lengthMillis();
        if (Forecast.elapsedMillis(startMillis, sinceMillis, atMillis) < length / PARTS) {
            return;
        }
        long limit = use.limitPicoUsd();
        BigInteger forecast =
                Forecast.ofPeriod(
                        BigInteger.valueOf(use.spentPicoUsd()),
                        startMillis,
                        startMillis + length,
                        sinceMillis,
                        atMillis);
        boolean over = isAtLeast(forecast, limit);
        if (over && !foreseen && use.spentPicoUsd() < limit) {
            raise.alert(
                    AlertKind.BUDGET_FORECAST, name, details(use, "forecast_usd", usd(forecast)));
        }
        foreseen = over || (foreseen && isAtLeast(forecast, limit - limit / 10));
    }

    private static boolean isAtLeast(BigInteger forecast, long limit) {
        return forecast.compareTo(BigInteger.valueOf(limit)) >= 0;
    }

    private Map<String, String> details(BudgetUse use, String key, String value) {
        return Map.of(
                "period_start",
                Instant.ofEpochMilli(startMillis).toString(),
                "spent_usd",
                Money.toUsd(use.spentPicoUsd()),
                "budget_usd",
                Money.toUsd(use.limitPicoUsd()),
                key,
                value);
    }

    /** To the cent: a forecast is no bill. */
    private static String usd(BigInteger picoUsd) {
        return new BigDecimal(picoUsd, USD_DECIMALS)
                .setScale(2, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private long lengthMillis() {
        if (period == Spending.Period.DAY) {
            return DAY_MILLIS;
        }
        return LocalDate.ofEpochDay(Math.floorDiv(startMillis, DAY_MILLIS)).lengthOfMonth()
                * DAY_MILLIS;
    }

    void write(Longs to) {
        to.add(startMillis);
        to.add(reached);
        to.add(foreseen ? 1 : 0);
    }
}
