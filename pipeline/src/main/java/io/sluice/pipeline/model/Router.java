package io.sluice.pipeline.model;

import io.sluice.contract.Candidate;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the targets of an attempt, in its request's order, and asks their circuits for leave to
 * call. Thread-safe; time is an argument.
 */
final class Router {
    private final Breakers breakers;
    private final String ownRegion;

    /** Targets that name no region are in that one. */
    Router(Breakers breakers, String ownRegion) {
        this.breakers = breakers;
        this.ownRegion = ownRegion;
    }

    /** The targets of a request's attempt, first to be tried first. */
    List<Target> order(Route route, String requestId, int attempt, Set<Target> failed) {
        return TargetOrder.of(route, ownRegion, requestId, attempt, failed);
    }

    /** Where those targets are, each once, by {@link Target#placeKey()}. */
    static List<String> places(List<Target> order) {
        return order.stream().map(Target::placeKey).distinct().collect(Collectors.toList());
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

    /** The route's cheaper model; empty if it has none. */
    List<Target> cheaper(Route route) {
        return route.cheaper()
                .map(candidate -> List.of(candidate.target().orIn(ownRegion)))
                .orElse(List.of());
    }

    /**
     * Leave for one attempt at the first of those targets that is at that place; null if none is,
     * or its circuit refuses.
     */
    @Nullable Leave leaveAt(@Nullable String place, List<Target> order, long nowMillis) {
        for (Target target : order) {
            if (target.placeKey().equals(place)) {
                Circuit.Permit permit = breakers.tryAcquire(target, nowMillis);
                return permit == null ? null : new Leave(target, permit);
            }
        }
        return null;
    }

    /** Whether one of those targets may be called now. */
    boolean isCallable(List<Target> order, long nowMillis) {
        return order.stream().anyMatch(target -> breakers.isCallable(target, nowMillis));
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
