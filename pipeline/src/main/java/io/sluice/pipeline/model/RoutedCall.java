package io.sluice.pipeline.model;

import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through its route: what was tried and how it failed. Each step hands over
 * to the next; never used by two threads at once.
 */
final class RoutedCall {
    private final Invocation invocation;
    private final Consumer<ResultItem> end;
    private final Route route;
    private final RetryRules rules;
    private final Set<Target> failedAt = new HashSet<>();
    private @Nullable ModelFailure lastFailure;
    private boolean degraded;

    /** A request that may have so many attempts; the end hears of its result once. */
    RoutedCall(Invocation invocation, Consumer<ResultItem> end, int maxAttempts) {
        this.invocation = invocation;
        this.end = end;
        this.route = invocation.admitted().route();
        this.rules = new RetryRules(maxAttempts);
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

    void failed(Target target, ModelFailure failure) {
        failedAt.add(target);
        lastFailure = failure;
    }

    /** Whether its last resort, the cheaper model, was turned to. */
    boolean degraded() {
        return degraded;
    }

    void degrade() {
        degraded = true;
    }

    void end(ResultItem item) {
        end.accept(item);
    }
}
