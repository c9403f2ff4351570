package io.sluice.pipeline.model;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.pipeline.enforce.AdmittedRequest;

/** What the scheduler goes by for one call. Immutable. */
final class CallTerms {
    private final String tenantId;
    private final Priority priority;
    private final int maxConcurrent;
    private final int weight;
    private final long bytes;
    private final long deadlineAtMillis;

    /**
     * Terms of a call.
     *
     * @param maxConcurrent the tenant's calls at once, {@link EffectivePolicy#UNLIMITED} for no
     *     bound; the newest call's figure is in force
     * @param weight the tenant's share in relation to others, at least 1; the newest call's figure
     *     is in force
     * @param bytes what it takes while it waits
     */
    CallTerms(
            String tenantId,
            Priority priority,
            int maxConcurrent,
            int weight,
            long bytes,
            long deadlineAtMillis) {
        this.tenantId = tenantId;
        this.priority = priority;
        this.maxConcurrent =
                maxConcurrent == EffectivePolicy.UNLIMITED ? Integer.MAX_VALUE : maxConcurrent;
        this.weight = Math.max(1, weight);
        this.bytes = bytes;
        this.deadlineAtMillis = deadlineAtMillis;
    }

    /** The terms that an admitted request and its policy give. */
    static CallTerms of(AdmittedRequest admitted) {
        RequestFacts facts = admitted.request().facts();
        EffectivePolicy policy = facts.policy();
        long bytes = admitted.request().payload().length();
        for (String turn : admitted.earlierTurns()) {
            bytes += turn.length();
        }
        String stale = admitted.staleAnswer();
        bytes += stale == null ? 0 : stale.length();
        return new CallTerms(
                facts.tenantId(),
                facts.priority(),
                policy.maxConcurrent(),
                policy.weight(),
                bytes,
                facts.deadlineAtMillis());
    }

    String tenantId() {
        return tenantId;
    }

    Priority priority() {
        return priority;
    }

    Lane lane() {
        return Lane.of(priority);
    }

    /** The tenant's calls at once; {@link Integer#MAX_VALUE} for no bound. */
    int maxConcurrent() {
        return maxConcurrent;
    }

    int weight() {
        return weight;
    }

    long bytes() {
        return bytes;
    }

    long deadlineAtMillis() {
        return deadlineAtMillis;
    }
}
