package io.sluice.pipeline.enforce;

import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Everything that was ever admitted, held and booked for a tenant; every sum is made by adding up.
 */
final class ReferenceBooks {
    private static final long MINUTE = 60_000;
    private static final long MOST_TOKENS = 1_000_000_000_000L;

    /** An admission with what it holds or used. */
    static final class Entry {
        final String id;
        final long atMillis;
        long tokens;

        Entry(String id, long atMillis, long tokens) {
            this.id = id;
            this.atMillis = atMillis;
            this.tokens = tokens;
        }
    }

    private record Booking(long clockMillis, long picoUsd) {}

    final List<Entry> entries = new ArrayList<>();
    private final List<Booking> bookings = new ArrayList<>();

    void book(long clockMillis, long picoUsd) {
        bookings.add(new Booking(clockMillis, picoUsd));
    }

    void amend(String id, long tokens) {
        entries.stream().filter(entry -> entry.id.equals(id)).forEach(e -> e.tokens = tokens);
    }

    long inMinute(long atMillis) {
        return entries.stream().filter(entry -> entry.atMillis > atMillis - MINUTE).count();
    }

    long tokensInMinute(long atMillis) {
        return entries.stream()
                .filter(entry -> entry.atMillis > atMillis - MINUTE)
                .mapToLong(entry -> entry.tokens)
                .sum();
    }

    long inDay(long atMillis) {
        return entries.stream().filter(e -> day(e.atMillis).equals(day(atMillis))).count();
    }

    /** Money spent in the day or month of that time, at most Long.MAX_VALUE. */
    long spent(boolean month, long atMillis) {
        BigInteger sum = BigInteger.ZERO;
        for (Booking booking : bookings) {
            if (start(month, booking.clockMillis).equals(start(month, atMillis))) {
                sum = sum.add(BigInteger.valueOf(booking.picoUsd));
            }
        }
        return capped(sum);
    }

    static long untilPeriodEnds(boolean month, long atMillis) {
        LocalDate start = start(month, atMillis);
        LocalDate end = month ? start.plusMonths(1) : start.plusDays(1);
        return end.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - atMillis;
    }

    /** By trial: the first wait after which that is so of the time; 0 if it is so now. */
    long waitUntil(long nowMillis, LongPredicate isSo) {
        if (isSo.test(nowMillis)) {
            return 0;
        }
        return entries.stream()
                .mapToLong(entry -> entry.atMillis + MINUTE)
                .filter(at -> at > nowMillis)
                .filter(isSo)
                .map(at -> at - nowMillis)
                .min()
                .orElseThrow();
    }

    /** Until the oldest admission of the minute leaves it; 0 if there is none. */
    long oldestLeaves(long nowMillis) {
        return entries.stream()
                .mapToLong(entry -> entry.atMillis + MINUTE - nowMillis)
                .filter(wait -> wait > 0)
                .min()
                .orElse(0);
    }

    static long tokens(RequestFacts facts, long earlier) {
        return Math.min(input(facts, earlier) + clamped(facts.maxTokens()), MOST_TOKENS);
    }

    /** The most that a call can cost; 0 if nobody knows. */
    static long picoUsd(RequestFacts facts, String model, long earlier) {
        ReservePrice price = facts.prices().get(model);
        BigInteger input = BigInteger.valueOf(input(facts, earlier));
        BigInteger output = BigInteger.valueOf(clamped(facts.maxTokens()));
        BigInteger most = BigInteger.ZERO;
        for (int i = 0; price != null && i < price.steps(); i++) {
            if (input.longValueExact() > price.aboveInputTokens(i)) {
                most =
                        most.max(
                                input.multiply(BigInteger.valueOf(price.inputPicoUsd(i)))
                                        .add(
                                                output.multiply(
                                                        BigInteger.valueOf(
                                                                price.outputPicoUsd(i)))));
            }
        }
        return capped(most);
    }

    static long capped(BigInteger sum) {
        return sum.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    private static long input(RequestFacts facts, long earlier) {
        return Math.min(clamped(facts.estimatedInputTokens()) + earlier, MOST_TOKENS);
    }

    static long clamped(long tokens) {
        return Math.min(Math.max(0, tokens), MOST_TOKENS);
    }

    private static LocalDate day(long atMillis) {
        return start(false, atMillis);
    }

    private static LocalDate start(boolean month, long atMillis) {
        LocalDate date = Instant.ofEpochMilli(atMillis).atZone(ZoneOffset.UTC).toLocalDate();
        return month ? date.withDayOfMonth(1) : date;
    }
}
