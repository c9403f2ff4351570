package io.sluice.ingress.result;

import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The {@code RateLimit-Policy} and {@code RateLimit} header fields
 * (draft-ietf-httpapi-ratelimit-headers-11), from the limits that a decision looked at. Money
 * counts in whole micro-USD, rounded down, because the fields take integers alone.
 *
 * <p>A decision ages: windows are told from now on, and what is left is no longer told once its
 * window is over, because nobody knows it any more.
 */
final class RateLimitFields {
    private static final String REQUESTS = ""; // the draft's default unit
    private static final long PICO_USD_PER_MICRO_USD = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;

    /** A limit that ends with calls and not with time is told for so long after the decision. */
    private static final long UNTIMED_SECONDS = 60;

    /** The greatest Integer of RFC 9651. */
    private static final long MOST = 999_999_999_999_999L;

    private final Decision decision;
    private final long ageSeconds;

    /** The fields as of {@code nowMillis}, epoch milliseconds. */
    RateLimitFields(Decision decision, long nowMillis) {
        this.decision = decision;
        this.ageSeconds = ageSeconds(decision, nowMillis);
    }

    /** Whole seconds since a decision, rounded down; 0 if its clock was ahead. */
    static long ageSeconds(Decision decision, long nowMillis) {
        return Math.max(0, nowMillis - decision.decidedAtMillis()) / 1_000;
    }

    /** Seconds rounded up. */
    static long seconds(long millis) {
        return (millis + 999) / 1_000;
    }

    MutableHttpResponse<byte[]> addTo(MutableHttpResponse<byte[]> response) {
        String policy = policy();
        if (!policy.isEmpty()) {
            response.header("RateLimit-Policy", policy);
        }
        String state = state();
        if (!state.isEmpty()) {
            response.header("RateLimit", state);
        }
        return response;
    }

    String policy() {
        return decision.limits().stream()
                .map(l -> '"' + l.name() + "\";q=" + count(l, l.limit()) + unit(l) + window(l))
                .collect(Collectors.joining(", "));
    }

    String state() {
        return decision.limits().stream()
                .filter(this::isKnown)
                .map(l -> '"' + l.name() + "\";r=" + count(l, l.remaining()) + time(l))
                .collect(Collectors.joining(", "));
    }

    private boolean isKnown(LimitStatus limit) {
        return limit.resetMillis() < 0
                ? ageSeconds <= UNTIMED_SECONDS
                : ageSeconds == 0 || seconds(limit.resetMillis()) > ageSeconds;
    }

    private String time(LimitStatus limit) {
        return limit.resetMillis() < 0 ? "" : ";t=" + (seconds(limit.resetMillis()) - ageSeconds);
    }

    private static long count(LimitStatus limit, long value) {
        long whole = isMoney(limit.name()) ? value / PICO_USD_PER_MICRO_USD : value;
        return Math.min(MOST, Math.max(0, whole));
    }

    private static String unit(LimitStatus limit) {
        String unit =
                switch (limit.name()) {
                    case Names.TOKENS_PER_MINUTE -> "tokens";
                    case Names.MAX_PENDING -> "concurrent-requests";
                    default -> isMoney(limit.name()) ? "micro-usd" : REQUESTS;
                };
        return unit.isEmpty() ? "" : ";qu=\"" + unit + '"';
    }

    private String window(LimitStatus limit) {
        return switch (limit.name()) {
            case Names.REQUESTS_PER_MINUTE, Names.TOKENS_PER_MINUTE -> ";w=60";
            case Names.REQUESTS_PER_DAY, Names.BUDGET_PER_DAY -> ";w=" + SECONDS_PER_DAY;
            case Names.BUDGET_PER_MONTH -> ";w=" + daysOfMonth() * SECONDS_PER_DAY;
            default -> "";
        };
    }

    private long daysOfMonth() {
        return YearMonth.from(
                        Instant.ofEpochMilli(decision.decidedAtMillis()).atOffset(ZoneOffset.UTC))
                .lengthOfMonth();
    }

    /** Whether that limit counts 10<sup>-12</sup> USD. */
    static boolean isMoney(String limit) {
        return List.of(Names.BUDGET_PER_DAY, Names.BUDGET_PER_MONTH).contains(limit);
    }
}
