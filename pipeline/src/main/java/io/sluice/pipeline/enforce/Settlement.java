package io.sluice.pipeline.enforce;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.UsageCounts;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.UsageWindows;

/**
 * The rule by which an outcome ends its hold: it books the cost, fills the cache, and answers or
 * replaces those who waited.
 */
final class Settlement {
    private static final UsageCounts ANSWERED = UsageCounts.builder().coalesced(1).build();
    private static final UsageCounts FAILED = UsageCounts.builder().coalesced(1).failed(1).build();

    void settle(
            TenantState state, TenantCore core, Hold hold, OutcomeFacts facts, Effects effects) {
        boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
        state.removeHold(facts.requestId());
        book(state, core, hold.labels(), facts, effects);
        EffectivePolicy policy = core.policy();
        if (succeeded && facts.complete() && !hold.cacheKey().isEmpty() && policy != null) {
            state.putCached(
                    hold.cacheKey(),
                    new CacheEntry(
                            facts.requestId(),
                            core.arrivalMillis(),
                            policy.cache().llmTtlMillis()));
            effects.keepAnswer(hold.cacheKey());
        }
        if (hold.role() == Hold.Role.LEADER) {
            land(state, core, hold.cacheKey(), facts.tenantId(), succeeded, effects);
        }
    }

    private static void book(
            TenantState state,
            TenantCore core,
            Dimensions held,
            OutcomeFacts facts,
            Effects effects) {
        UsageCounts change =
                UsageCounts.builder()
                        .failed(facts.status() == OutcomeStatus.SUCCEEDED ? 0 : 1)
                        .inputTokens(facts.usage().inputTokens())
                        .outputTokens(facts.usage().outputTokens())
                        .cacheReadTokens(facts.usage().cacheReadTokens())
                        .cacheWriteTokens(facts.usage().cacheWriteTokens())
                        .costPicoUsd(facts.costPicoUsd())
                        .build();
        count(state, core, facts.tenantId(), held, change, effects);
        if (facts.costPicoUsd() != 0) {
            effects.costBooked(facts.model(), facts.costPicoUsd(), core.arrivalMillis());
        }
    }

    private static void land(
            TenantState state,
            TenantCore core,
            String cacheKey,
            String tenantId,
            boolean succeeded,
            Effects effects) {
        Flight flight = state.flight(cacheKey);
        if (flight == null) {
            return;
        }
        if (!succeeded && flight.canPromote()) {
            Flight next = flight.promoteOldest();
            Hold promoted = state.hold(next.leader());
            if (promoted != null) {
                state.putHold(next.leader(), promoted.as(Hold.Role.LEADER));
            }
            state.putFlight(cacheKey, next);
            effects.invokeParked(next.leader());
            return;
        }
        state.removeFlight(cacheKey);
        for (String follower : flight.followers()) {
            Hold waiting = state.hold(follower);
            state.removeHold(follower);
            if (succeeded) {
                effects.answerParked(follower);
            } else {
                effects.failParked(follower);
            }
            if (waiting != null) {
                UsageCounts change = succeeded ? ANSWERED : FAILED;
                count(state, core, tenantId, waiting.labels(), change, effects);
            }
        }
    }

    private static void count(
            TenantState state,
            TenantCore core,
            String tenantId,
            Dimensions held,
            UsageCounts change,
            Effects effects) {
        Dimensions labels = UsageWindows.resolve(state, held, core.arrivalMillis());
        UsageWindows.add(
                state, effects, tenantId, labels, core.arrivalMillis(), change, core.seq());
    }
}
