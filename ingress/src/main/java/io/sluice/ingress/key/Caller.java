package io.sluice.ingress.key;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/** Who is calling: a tenant by one of its keys, or the administrator. */
public record Caller(@Nullable Tenant tenant, String keyId) {
    private static final String ATTRIBUTE = "sluice.caller";

    /** The caller of a request that passed {@link AuthenticationFilter}. */
    public static Caller of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Caller.class)
                .orElseThrow(
                        () ->
                                Problem.of(HttpStatus.UNAUTHORIZED, "No API key was checked.")
                                        .asException());
    }

    /** The calling tenant; a problem if the administrator calls. */
    public static Tenant tenantOf(HttpRequest<?> request) {
        Tenant tenant = of(request).tenant();
        if (tenant == null) {
            throw Problem.of(
                            HttpStatus.FORBIDDEN,
                            "This call needs a tenant's key; the administrator's key belongs to no"
                                    + " tenant.")
                    .asException();
        }
        return tenant;
    }

    /** Whether the administrator calls. */
    public boolean isAdmin() {
        return tenant == null;
    }

    /** What log lines call it. */
    public String name() {
        return tenant == null ? ApiKey.ADMIN : tenant.id();
    }

    void attachTo(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** What log lines call the caller of a request, {@code -} if nobody was recognised. */
    public static String nameOf(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Caller.class).map(Caller::name).orElse("-");
    }
}
