package io.sluice.ingress.result;

import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The {@code RateLimit-Policy} and {@code RateLimit} header fields
 * (draft-ietf-httpapi-ratelimit-headers-11), from the limits that a decision looked at.
 */
final class RateLimitFields {
    private RateLimitFields() {}

    static MutableHttpResponse<byte[]> add(
            Decision decision, MutableHttpResponse<byte[]> response) {
        if (decision.limits().isEmpty()) {
            return response;
        }
        return response.header("RateLimit-Policy", policy(decision.limits()))
                .header("RateLimit", state(decision.limits()));
    }

    static String policy(List<LimitStatus> limits) {
        return limits.stream()
                .map(l -> '"' + l.name() + "\";q=" + l.limit() + window(l.name()))
                .collect(Collectors.joining(", "));
    }

    static String state(List<LimitStatus> limits) {
        return limits.stream()
                .map(
                        l ->
                                '"'
                                        + l.name()
                                        + "\";r="
                                        + l.remaining()
                                        + ";t="
                                        + (l.resetMillis() + 999) / 1_000)
                .collect(Collectors.joining(", "));
    }

    private static String window(String limit) {
        return switch (limit) {
            case Names.REQUESTS_PER_MINUTE -> ";w=60";
            case Names.REQUESTS_PER_DAY -> ";w=86400";
            default -> "";
        };
    }
}
