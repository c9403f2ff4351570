package io.sluice.contract;

import java.math.BigInteger;
import java.time.Duration;

/**
 * What a period will have cost at its end if spending goes on as so far: what was spent, and for
 * the rest of the period the average since the period or the tenant began, whichever was later. The
 * average is over an hour at least, so that a first minute does not foretell a fortune. Rounded
 * down to 10^-12 USD. The one formula of the dashboard and of the alerts.
 */
public final class Forecast {
    private static final long LEAST_MILLIS = Duration.ofHours(1).toMillis();

    private Forecast() {}

    /**
     * The period's projected cost in 10^-12 USD, never less than what was spent.
     *
     * @param spentPicoUsd spent in it so far, 10^-12 USD
     * @param startMillis start of the period, epoch milliseconds, as all times here
     * @param endMillis its end, exclusive
     * @param sinceMillis when the tenant began; before the period's start for most
     * @param nowMillis as of when; after the period's end nothing is added
     */
    public static BigInteger ofPeriod(
            BigInteger spentPicoUsd,
            long startMillis,
            long endMillis,
            long sinceMillis,
            long nowMillis) {
        long rest = Math.max(0, endMillis - nowMillis);
        long elapsed = Math.max(LEAST_MILLIS, elapsedMillis(startMillis, sinceMillis, nowMillis));
        return spentPicoUsd.add(
                spentPicoUsd
                        .multiply(BigInteger.valueOf(rest))
                        .divide(BigInteger.valueOf(elapsed)));
    }

    /** How much of a period the tenant's average is over, milliseconds. */
    public static long elapsedMillis(long startMillis, long sinceMillis, long nowMillis) {
        return nowMillis - Math.max(startMillis, sinceMillis);
    }
}
