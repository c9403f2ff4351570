package io.sluice.ingress.dashboard;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.Names;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which view: the whole fleet's or one tenant's, over a time.
 *
 * @param tenantId null for the fleet
 */
record ViewKey(@Nullable String tenantId, TimeRange range) {
    /**
     * The view that a caller may see: a tenant its own and no other, whether that other exists or
     * not; the administrator the fleet's and everybody's.
     *
     * @param asked the tenant asked for, null if none is
     */
    static ViewKey of(Caller caller, @Nullable String asked, TimeRange range) {
        if (asked != null && !Names.TENANT_ID.matcher(asked).matches()) {
            throw unknown();
        }
        if (caller.tenant() == null) {
            return new ViewKey(asked, range);
        }
        String own = caller.tenant().id();
        if (asked != null && !asked.equals(own)) {
            throw unknown();
        }
        return new ViewKey(own, range);
    }

    static RuntimeException unknown() {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "No such tenant to look at: a tenant's key shows that tenant alone.")
                .asException();
    }
}
