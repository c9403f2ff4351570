package io.sluice.ingress.result;

import io.micronaut.http.HttpRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Prefer} header (RFC 7240). What is not understood is ignored, as the RFC says. */
public final class Prefer {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?=$|[,;])");

    private Prefer() {}

    /** How long the client wants to wait: 0 to 60 s. */
    public static Duration wait(HttpRequest<?> request) {
        return request.getHeaders().getAll("Prefer").stream()
                .map(Prefer::wait)
                .filter(wait -> !wait.isZero())
                .findFirst()
                .orElse(Duration.ZERO);
    }

    static Duration wait(String header) {
        Matcher matcher = WAIT.matcher(header);
        if (!matcher.find()) {
            return Duration.ZERO;
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
        return wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
