package io.sluice.ingress.dashboard;

import io.sluice.contract.Forecast;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A UTC month and what it will have cost by its end. */
final class Projection {
    private Projection() {}

    /** The month's {@link Forecast} in 10^-12 USD. */
    static BigInteger ofMonth(BigInteger spentPicoUsd, long tenantSinceMillis, long nowMillis) {
        return Forecast.ofPeriod(
                spentPicoUsd,
                monthStart(nowMillis),
                monthEnd(nowMillis),
                tenantSinceMillis,
                nowMillis);
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
