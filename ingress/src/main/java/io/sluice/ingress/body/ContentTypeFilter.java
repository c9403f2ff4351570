package io.sluice.ingress.body;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.sluice.ingress.problem.Problem;
import java.util.regex.Pattern;

/**
 * Refuses bodies that say they are something else than the call takes, or larger: JSON of at most 8
 * MiB and 64 KiB, for batches JSON lines of at most 16 MiB.
 */
@ServerFilter("/v1/**")
final class ContentTypeFilter implements Ordered {
    /** After the caller was recognised. */
    private static final int ORDER = 10;

    private static final String BATCHES = "/v1/batches";
    private static final Pattern JSON = type("application/json");
    private static final Pattern JSON_LINES = type("application/(x-ndjson|jsonl)");

    @Override
    public int getOrder() {
        return ORDER;
    }

    /** Ends the request with 415 or 413. */
    @RequestFilter
    void check(HttpRequest<?> request) {
        boolean isBatch = request.getPath().startsWith(BATCHES);
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type != null && !(isBatch ? JSON_LINES : JSON).matcher(type).matches()) {
            throw Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "The body's Content-Type is not supported; send "
                                    + (isBatch ? "application/x-ndjson." : "application/json."))
                    .asException();
        }
        if (!isBatch && request.getContentLength() > Body.MOST_BYTES) {
            throw Body.tooLarge();
        }
    }

    private static Pattern type(String name) {
        return Pattern.compile("\\s*" + name + "\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    }
}
