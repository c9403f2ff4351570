package io.sluice.ingress.key;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets only recognised callers through to the API, and only the administrator to the
 * administration.
 */
@ServerFilter("/v1/**")
final class AuthenticationFilter {
    private static final String BEARER = "bearer ";
    private static final String ADMINISTRATION = "/v1/admin/";

    private final Authenticator authenticator;

    AuthenticationFilter(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Attaches the caller to the request, or ends it with 401 or 403. */
    @RequestFilter
    CompletableFuture<HttpRequest<?>> authenticate(HttpRequest<?> request) {
        String key = keyOf(request);
        if (key == null) {
            return CompletableFuture.failedFuture(
                    unauthorized(
                            "No API key: send it as 'Authorization: Bearer <key>' or 'x-api-key'."));
        }
        return authenticator.callerOf(key).thenApply(caller -> admit(request, caller));
    }

    private static HttpRequest<?> admit(HttpRequest<?> request, Optional<Caller> recognised) {
        Caller caller =
                recognised.orElseThrow(
                        () -> unauthorized("This API key is unknown, revoked or expired."));
        caller.attachTo(request);
        if (request.getPath().startsWith(ADMINISTRATION) && !caller.isAdmin()) {
            throw Problem.of(HttpStatus.FORBIDDEN, "This call needs the administrator's key.")
                    .asException();
        }
        return request;
    }

    private static @Nullable String keyOf(HttpRequest<?> request) {
        String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).trim();
        }
        return request.getHeaders().get("x-api-key");
    }

    private static ProblemException unauthorized(String detail) {
        return Problem.of(HttpStatus.UNAUTHORIZED, detail)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sluice\"")
                .asException();
    }
}
