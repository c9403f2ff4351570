package io.sluice.ingress.dashboard;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What a month will have cost if spending goes on as so far: what was spent, and for the rest of
 * the month the average since the month or the tenant began, whichever was later. The average is
 * over an hour at least, so that a first minute does not foretell a fortune. Rounded down to 10^-12
 * USD.
 */
final class Projection {
    private static final long LEAST_MILLIS = Duration.ofHours(1).toMillis();

    private Projection() {}

    /** The UTC month's projected cost in 10^-12 USD, never less than what was spent. */
    static BigInteger ofMonth(BigInteger spentPicoUsd, long tenantSinceMillis, long nowMillis) {
        long since = Math.max(monthStart(nowMillis), tenantSinceMillis);
        long elapsed = Math.max(LEAST_MILLIS, nowMillis - since);
        return spentPicoUsd.add(
                spentPicoUsd
                        .multiply(BigInteger.valueOf(monthEnd(nowMillis) - nowMillis))
                        .divide(BigInteger.valueOf(elapsed)));
    }

    /** Start of the UTC month that holds a time, epoch milliseconds. */
    static long monthStart(long atMillis) {
        return millis(firstDay(atMillis));
    }

    /** End of that month, exclusive. */
    static long monthEnd(long atMillis) {
        return millis(firstDay(atMillis).plusMonths(1));
    }

    private static LocalDate firstDay(long millis) {
        return Instant.ofEpochMilli(millis)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1);
    }

    private static long millis(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
