package io.sluice.pipeline.model;

import io.sluice.contract.Candidate;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the target of an attempt: the first in its request's order whose circuit lets a call
 * through. Thread-safe; time is an argument.
 */
final class Router {
    private final Breakers breakers;
    private final String ownRegion;

    /** Targets that name no region are in that one. */
    Router(Breakers breakers, String ownRegion) {
        this.breakers = breakers;
        this.ownRegion = ownRegion;
    }

    /** The target of a request's first attempt if every circuit lets it through. */
    Target firstOf(Route route, String requestId) {
        return TargetOrder.of(route, ownRegion, requestId, 1, Set.of()).get(0);
    }

    /**
     * Hears of the quotas that the route's targets have by policy, by {@link Target#placeKey()}.
     */
    void quotas(Route route, BiConsumer<String, TargetQuota> declared) {
        route.candidates().forEach(candidate -> quota(candidate, declared));
        route.cheaper().ifPresent(candidate -> quota(candidate, declared));
    }

    private void quota(Candidate candidate, BiConsumer<String, TargetQuota> declared) {
        if (candidate.quota().isBounded()) {
            declared.accept(candidate.target().orIn(ownRegion).placeKey(), candidate.quota());
        }
    }

    /** Leave for one attempt; null if every circuit of the route refuses. */
    @Nullable Leave choose(
            Route route, String requestId, int attempt, Set<Target> failed, long nowMillis) {
        for (Target target : TargetOrder.of(route, ownRegion, requestId, attempt, failed)) {
            Circuit.Permit permit = breakers.tryAcquire(target, nowMillis);
            if (permit != null) {
                return new Leave(target, permit);
            }
        }
        return null;
    }

    /**
     * Leave for one attempt of the route's cheaper model; null if it has none or may not be called.
     */
    @Nullable Leave cheaper(Route route, long nowMillis) {
        if (route.cheaper().isEmpty()) {
            return null;
        }
        Target target = route.cheaper().get().target().orIn(ownRegion);
        Circuit.Permit permit = breakers.tryAcquire(target, nowMillis);
        return permit == null ? null : new Leave(target, permit);
    }

    /** Whether a target at which the request did not fail yet may be called now. */
    boolean hasOther(Route route, Set<Target> failed, long nowMillis) {
        for (Candidate candidate : route.candidates()) {
            Target target = candidate.target().orIn(ownRegion);
            if (!failed.contains(target) && breakers.isCallable(target, nowMillis)) {
                return true;
            }
        }
        return false;
    }

    /** How long until the first of the route's circuits may let a call through, milliseconds. */
    long remainingMillis(Route route, long nowMillis) {
        long least = Long.MAX_VALUE;
        for (Candidate candidate : route.candidates()) {
            Target target = candidate.target().orIn(ownRegion);
            least = Math.min(least, breakers.remainingMillis(target, nowMillis));
        }
        return least;
    }

    /** A target that may be called once, with the permit that must come back. */
    static final class Leave {
        private final Target target;
        private final Circuit.Permit permit;

        private Leave(Target target, Circuit.Permit permit) {
            this.target = target;
            this.permit = permit;
        }

        /** Where to call; its region is named. */
        Target target() {
            return target;
        }

        Circuit.Permit permit() {
            return permit;
        }
    }
}
