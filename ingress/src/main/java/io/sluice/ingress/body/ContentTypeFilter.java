package io.sluice.ingress.body;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.sluice.ingress.problem.Problem;
import java.util.regex.Pattern;

/** Refuses bodies that say they are something else than JSON. */
@ServerFilter("/v1/**")
final class ContentTypeFilter implements Ordered {
    /** After the caller was recognised. */
    private static final int ORDER = 10;

    private static final Pattern JSON =
            Pattern.compile("\\s*application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    @Override
    public int getOrder() {
        return ORDER;
    }

    /** Ends the request with 415. */
    @RequestFilter
    void check(HttpRequest<?> request) {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type != null && !JSON.matcher(type).matches()) {
            throw Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "The body's Content-Type is not supported; send application/json.")
                    .asException();
        }
    }
}
