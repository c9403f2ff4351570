package io.sluice.pipeline.enforce;

import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.UsageCounts;
import io.sluice.pipeline.budget.Saturating;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.CacheKeys;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.session.Conversation;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.UsageChange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which holds end. An outcome replaces what was reserved by what was used, books the
 * cost, fills the cache, continues the conversation, and lands those who waited. What was used may
 * exceed what was reserved: the difference stands against the limits as debt. Lives for one event.
 */
final class Settlement {
    private final TenantState state;
    private final TenantCore core;
    private final String tenantId;
    private final Effects effects;
    private final Landing landing;

    Settlement(TenantState state, TenantCore core, String tenantId, Effects effects) {
        this.state = state;
        this.core = core;
        this.tenantId = tenantId;
        this.effects = effects;
        this.landing = new Landing(state, core, tenantId, effects);
    }

    /** Ends the hold of a request by its outcome. */
    void settle(Hold hold, OutcomeFacts facts) {
        boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
        effects.holdSettled(facts.requestId());
        core.holds().remove(facts.requestId(), hold, state);
        core.minute().amend(hold.minuteEntry(), tokens(facts.usage()), state);
        core.daySpending().book(facts.costPicoUsd());
        core.monthSpending().book(facts.costPicoUsd());
        countUsage(hold, facts);
        CacheSlot slot = hold.cacheKey().isEmpty() ? null : state.slot(hold.cacheKey());
        boolean kept = succeeded && facts.complete() && !hold.cacheKey().isEmpty();
        if (kept) {
            slot = keep(hold, facts, slot == null ? CacheSlot.EMPTY : slot);
        }
        endTurn(hold, facts, succeeded);
        if (slot != null && succeeded) {
            landing.answered(facts.requestId(), hold.cacheKey(), slot, kept);
        } else if (slot != null) {
            landing.failed(hold, slot, facts);
        }
    }

    private CacheSlot keep(Hold hold, OutcomeFacts facts, CacheSlot slot) {
        EffectivePolicy policy = Objects.requireNonNull(core.policy());
        long ttlMillis = CacheKeys.ttlMillis(hold.cacheKey(), policy.cache());
        effects.keepAnswer(hold.cacheKey());
        return slot.withEntry(
                new CacheEntry(
                        facts.requestId(), core.arrivalMillis(), ttlMillis, hold.staleForMillis()));
    }

    /** Ends what a hold reserves because no outcome came in time; a late one is still booked. */
    void expire(String requestId, Hold hold, long forgetAtMillis) {
        effects.holdExpired(requestId);
        core.holds().replace(requestId, hold, hold.asExpired(forgetAtMillis), state);
        core.minute().amend(hold.minuteEntry(), 0, state);
        endTurn(requestId, hold.conversation());
        CacheSlot slot = hold.cacheKey().isEmpty() ? null : state.slot(hold.cacheKey());
        if (slot != null) {
            landing.lost(requestId, hold, slot);
        }
    }

    /** Ends a follower that its client withdrew. */
    void cancel(String requestId, Hold hold) {
        core.holds().remove(requestId, hold, state);
        CacheSlot slot = state.slot(hold.cacheKey());
        if (slot != null) {
            state.putSlot(hold.cacheKey(), slot.leftBy(requestId));
        }
        effects.cancelParked(requestId);
        count(hold, hold.labels(), Landing.FAILED);
    }

    private void countUsage(Hold hold, OutcomeFacts facts) {
        Usage used = facts.usage();
        boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
        boolean answered = succeeded || facts.costPicoUsd() != 0;
        count(
                hold,
                answered ? hold.labels().answeredBy(facts.model()) : hold.labels(),
                UsageCounts.builder()
                        .failed(succeeded ? 0 : 1)
                        .inputTokens(used.inputTokens())
                        .outputTokens(used.outputTokens())
                        .cacheReadTokens(used.cacheReadTokens())
                        .cacheWriteTokens(used.cacheWriteTokens())
                        .costPicoUsd(facts.costPicoUsd())
                        .providerCostPicoUsd(facts.providerCostPicoUsd())
                        .estimatedCostPicoUsd(facts.estimatedCostPicoUsd())
                        .build());
        if (facts.costPicoUsd() != 0) {
            effects.costBooked(facts.model(), facts.costPicoUsd(), core.arrivalMillis());
        }
    }

    private void endTurn(Hold hold, OutcomeFacts facts, boolean succeeded) {
        String key = hold.conversation();
        Conversation conversation = key == null ? null : state.conversation(key);
        if (key == null) {
            return;
        }
        boolean current = conversation != null && facts.requestId().equals(conversation.turn());
        if (conversation != null && current && succeeded) {
            long tokens =
                    Saturating.sum(Math.max(0, hold.ownTokens()), facts.usage().outputTokens());
            tokens = Math.min(tokens, Reservation.MOST_TOKENS);
            EffectivePolicy policy = core.policy();
            long ttlMillis = policy == null ? 0 : policy.cache().sessionTtlMillis();
            state.putConversation(
                    key, conversation.answer(core.arrivalMillis(), ttlMillis, tokens));
            effects.keepTurn(key, facts.requestId());
        } else {
            endTurn(facts.requestId(), key);
        }
    }

    private void endTurn(String requestId, @Nullable String key) {
        if (key == null) {
            return;
        }
        Conversation conversation = state.conversation(key);
        if (conversation != null && requestId.equals(conversation.turn())) {
            if (conversation.turns() == 0) {
                state.removeConversation(key);
                effects.dropConversation(key);
            } else {
                state.putConversation(key, conversation.fail());
            }
        }
        effects.dropTurn(requestId);
    }

    private void count(Hold hold, Dimensions labels, UsageCounts change) {
        effects.usage(
                new UsageChange(
                        tenantId,
                        labels,
                        hold.decidedAtMillis(),
                        core.arrivalMillis(),
                        change,
                        core.seq(),
                        core.isolation()));
    }

    private static long tokens(Usage used) {
        long input = Saturating.sum(used.inputTokens(), used.cacheReadTokens());
        long all =
                Saturating.sum(Saturating.sum(input, used.cacheWriteTokens()), used.outputTokens());
        return Math.min(all, Reservation.MOST_TOKENS);
    }
}
