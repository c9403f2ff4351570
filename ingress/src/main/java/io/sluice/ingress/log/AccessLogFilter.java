package io.sluice.ingress.log;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.sluice.ingress.key.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes one line for each request to the API: tenant, route, duration and status. Never bodies,
 * keys or query strings.
 */
@ServerFilter("/v1/**")
final class AccessLogFilter implements Ordered {
    private static final Logger LOG = LoggerFactory.getLogger("access");
    private static final String START = "sluice.start-nanos";

    private final Ticker ticker;

    AccessLogFilter(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** Remembers when the request came. */
    @RequestFilter
    void begin(HttpRequest<?> request) {
        request.setAttribute(START, ticker.read());
    }

    /** Writes the line. */
    @ResponseFilter
    void end(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Level level = response.code() >= 500 ? Level.WARN : Level.INFO;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        long nanos =
                request.getAttribute(START, Long.class)
                        .map(start -> ticker.read() - start)
                        .orElse(0L);
        String route =
                BasicHttpAttributes.getUriTemplate(request).map(Object::toString).orElse("-");
        LOG.atLevel(level)
                .addKeyValue("tenant_id", Caller.nameOf(request))
                .addKeyValue("endpoint", request.getMethodName() + " " + route)
                .addKeyValue("duration_ms", Math.round(nanos / 1_000.0) / 1_000.0)
                .addKeyValue("status", response.code())
                .log("served");
    }
}
