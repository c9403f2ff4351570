package io.sluice.pipeline.model;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Candidate;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.model.schedule.AttemptVerdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through its route: what was tried and how it failed. Each step hands over
 * to the next; never used by two threads at once.
 */
final class RoutedCall {
    private final Invocation invocation;
    private final AttemptPlace place;
    private final Consumer<ResultItem> end;
    private final RetryRules rules;
    private final Set<Target> failedAt = new HashSet<>();
    private Route route;
    private boolean refusedEverywhere;
    private @Nullable ModelFailure lastFailure;
    private boolean calledByThisRun;
    private @Nullable String held;
    private boolean degraded;

    /** A request that is tried by those rules; the end hears of its result once. */
    RoutedCall(
            Invocation invocation, AttemptPlace place, RetryRules rules, Consumer<ResultItem> end) {
        this.invocation = invocation;
        this.place = place;
        this.held = place.target();
        this.end = end;
        this.route = invocation.admitted().route();
        this.rules = rules;
    }

    Invocation invocation() {
        return invocation;
    }

    AdmittedRequest admitted() {
        return invocation.admitted();
    }

    RequestFacts facts() {
        return invocation.facts();
    }

    Route route() {
        return route;
    }

    RetryRules rules() {
        return rules;
    }

    /** The targets at which it failed. */
    Set<Target> failedAt() {
        return failedAt;
    }

    /** How its newest attempt failed; null if none did. */
    @Nullable ModelFailure lastFailure() {
        return lastFailure;
    }

    /** Number of its last attempt, whichever run made it; 0 if none was made. */
    int attempts() {
        return invocation.tally().attempts();
    }

    /** Whether this run made its last attempt, so that no other run can have made a later one. */
    boolean calledByThisRun() {
        return calledByThisRun;
    }

    /**
     * Hears of an attempt that failed. One that was interrupted tells nothing of its target, and if
     * that was the last resort, it was not tried out.
     */
    void failed(Attempted attempted) {
        ModelFailure failure = attempted.failure();
        lastFailure = failure;
        if (attempted.replayed()) {
            invocation.failedWith(failure.wireName());
        } else {
            calledByThisRun = true;
        }
        Target target = attempted.target();
        if (failure == ModelFailure.INTERRUPTED) {
            degraded = false;
        } else if (target != null) {
            failedAt.add(target);
            degraded |= isLastResort(target);
            if (failure == ModelFailure.REFUSED_HERE) {
                bar(target);
            }
        }
    }

    /** No further attempt goes there. */
    private void bar(Target target) {
        List<Candidate> others =
                route.candidates().stream()
                        .filter(candidate -> !isAt(candidate, target))
                        .collect(Collectors.toList());
        refusedEverywhere = others.isEmpty();
        if (!refusedEverywhere) {
            route = new Route(others, route.staleForMillis(), route.cheaper().orElse(null));
        }
    }

    /** Whether a target of its route has not refused it for good. */
    boolean hasTarget() {
        return !refusedEverywhere;
    }

    /** Hears that the tally may have attempts of earlier runs that it has not heard of. */
    void recalled() {
        AttemptItem last = invocation.tally().last();
        if (last != null) {
            failed(Attempted.recorded(last, true));
        }
    }

    private boolean isLastResort(Target target) {
        return route.cheaper().filter(cheaper -> isAt(cheaper, target)).isPresent()
                && route.candidates().stream().noneMatch(other -> isAt(other, target));
    }

    private static boolean isAt(Candidate candidate, Target target) {
        return candidate.target().orIn(String.valueOf(target.region())).equals(target);
    }

    /** Whether another attempt may succeed and may be made, as far as it failed. */
    boolean mayBeCured() {
        return lastFailure == null || rules.isCurable(lastFailure, invocation.tally());
    }

    /** Whether its last resort, the cheaper model, was turned to. */
    boolean degraded() {
        return degraded;
    }

    void degrade() {
        degraded = true;
    }

    /** The target that it has a place at, by {@link Target#placeKey()}; null if it has none. */
    @Nullable String held() {
        return held;
    }

    /** Gives its place back, if it still has one. */
    void leave(AttemptVerdict verdict) {
        if (held != null) {
            held = null;
            place.attemptEnded(verdict);
        }
    }

    /** Waits for a place at one of those targets, and a time, and goes on there. */
    void moveTo(List<String> targets, long delayMillis, Runnable next) {
        leave(AttemptVerdict.NOT_MADE);
        place.again(
                targets,
                delayMillis,
                () -> {
                    held = place.target();
                    next.run();
                });
    }

    void end(ResultItem item) {
        leave(AttemptVerdict.NOT_MADE);
        end.accept(item);
    }
}
