package io.sluice.pipeline.enforce;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.UsageCounts;
import io.sluice.pipeline.budget.Saturating;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.CacheKeys;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.limit.LimitReview;
import io.sluice.pipeline.session.Conversation;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.UsageChange;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which holds end. An outcome replaces what was reserved by what was used, books the
 * cost, fills the cache, continues the conversation, and answers or replaces those who waited. What
 * was used may exceed what was reserved: the difference stands against the limits as debt. Lives
 * for one event.
 */
final class Settlement {
    private static final UsageCounts ANSWERED = UsageCounts.builder().coalesced(1).build();
    private static final UsageCounts FAILED = UsageCounts.builder().coalesced(1).failed(1).build();

    private final TenantState state;
    private final TenantCore core;
    private final String tenantId;
    private final Effects effects;

    Settlement(TenantState state, TenantCore core, String tenantId, Effects effects) {
        this.state = state;
        this.core = core;
        this.tenantId = tenantId;
        this.effects = effects;
    }

    /** Ends the hold of a request by its outcome. */
    void settle(Hold hold, OutcomeFacts facts) {
        boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
        core.holds().remove(facts.requestId(), hold, state);
        core.minute().amend(hold.minuteEntry(), tokens(facts.usage()), state);
        core.daySpending().book(facts.costPicoUsd());
        core.monthSpending().book(facts.costPicoUsd());
        countUsage(hold, facts);
        CacheSlot slot = hold.cacheKey().isEmpty() ? null : state.slot(hold.cacheKey());
        EffectivePolicy policy = core.policy();
        if (succeeded && facts.complete() && !hold.cacheKey().isEmpty() && policy != null) {
            long ttlMillis = CacheKeys.ttlMillis(hold.cacheKey(), policy.cache());
            CacheSlot known = slot == null ? CacheSlot.EMPTY : slot;
            slot =
                    known.withEntry(
                            new CacheEntry(
                                    facts.requestId(),
                                    core.arrivalMillis(),
                                    ttlMillis,
                                    hold.staleForMillis()));
            state.putSlot(hold.cacheKey(), slot);
            effects.keepAnswer(hold.cacheKey());
        }
        endTurn(hold, facts, succeeded);
        if (hold.role() == Hold.Role.LEADER && slot != null) {
            land(hold, slot, facts.requestId(), succeeded, facts.reason());
        }
    }

    /** Ends what a hold reserves because no outcome came in time; a late one is still booked. */
    void expire(String requestId, Hold hold, long forgetAtMillis) {
        core.holds().replace(requestId, hold, hold.asExpired(forgetAtMillis), state);
        core.minute().amend(hold.minuteEntry(), 0, state);
        endTurn(requestId, hold.conversation());
        CacheSlot slot = hold.cacheKey().isEmpty() ? null : state.slot(hold.cacheKey());
        if (hold.role() == Hold.Role.LEADER && slot != null) {
            failAll(hold.cacheKey(), slot, requestId, Names.DEADLINE);
        }
    }

    /** Ends a follower that its client withdrew. */
    void cancel(String requestId, Hold hold) {
        core.holds().remove(requestId, hold, state);
        CacheSlot slot = state.slot(hold.cacheKey());
        Flight flight = slot == null ? null : slot.flight();
        if (slot != null && flight != null) {
            state.putSlot(hold.cacheKey(), slot.withFlight(flight.leftBy(requestId)));
        }
        effects.cancelParked(requestId);
        count(hold, FAILED);
    }

    private void countUsage(Hold hold, OutcomeFacts facts) {
        Usage used = facts.usage();
        boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
        count(
                succeeded ? hold.labels().answeredBy(facts.model()) : hold.labels(),
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

    private void land(
            Hold hold, CacheSlot slot, String leader, boolean succeeded, @Nullable String reason) {
        Flight flight = slot.flight();
        if (flight == null || !flight.leader().equals(leader)) {
            return;
        }
        if (succeeded) {
            putOrRemove(hold.cacheKey(), slot.withFlight(null));
            for (String follower : flight.followers()) {
                Hold waiting = holdOf(follower);
                effects.answerParked(follower);
                end(follower, waiting, ANSWERED);
            }
        } else if (!flight.canPromote() || !promote(hold, slot, flight)) {
            failAll(hold.cacheKey(), slot, leader, reason);
        }
    }

    /** Lets the oldest follower take the failed leader's place and reservation, if both fit. */
    private boolean promote(Hold failed, CacheSlot slot, Flight flight) {
        Flight next = flight.promoteOldest();
        Hold follower = holdOf(next.leader());
        if (follower == null || follower.expired() || failed.expired() || !fits(failed)) {
            return false;
        }
        core.holds()
                .replace(
                        next.leader(),
                        follower,
                        follower.asLeader(failed.tokens(), failed.picoUsd()),
                        state);
        core.minute().amend(follower.minuteEntry(), failed.tokens(), state);
        state.putSlot(failed.cacheKey(), slot.withFlight(next));
        effects.invokeParked(next.leader(), follower.labels().model());
        return true;
    }

    private boolean fits(Hold hold) {
        EffectivePolicy policy = core.policy();
        if (policy == null) {
            return true;
        }
        long limit = policy.tokensPerMinute();
        return (limit == EffectivePolicy.UNLIMITED
                        || policy.shadow().contains(Names.TOKENS_PER_MINUTE)
                        || hold.tokens() <= limit - core.minute().tokens())
                && (policy.shadow().contains(Names.BUDGET_PER_DAY)
                        || fits(policy.dayBudget(), core.daySpending(), hold))
                && (policy.shadow().contains(Names.BUDGET_PER_MONTH)
                        || fits(policy.monthBudget(), core.monthSpending(), hold));
    }

    private boolean fits(@Nullable Budget budget, Spending spending, Hold hold) {
        return budget == null
                || budget.action() != BudgetAction.BLOCK
                || LimitReview.fits(budget, spending, core.holds().heldPicoUsd(), hold.picoUsd());
    }

    private void failAll(String cacheKey, CacheSlot slot, String leader, @Nullable String reason) {
        Flight flight = slot.flight();
        if (flight == null || !flight.leader().equals(leader)) {
            return;
        }
        putOrRemove(cacheKey, slot.withFlight(null));
        for (String follower : flight.followers()) {
            Hold waiting = holdOf(follower);
            effects.failParked(follower, reason);
            end(follower, waiting, FAILED);
        }
    }

    private void end(String follower, @Nullable Hold waiting, UsageCounts change) {
        if (waiting != null) {
            core.holds().remove(follower, waiting, state);
            count(waiting, change);
        }
    }

    private void putOrRemove(String cacheKey, CacheSlot slot) {
        if (slot.isEmpty()) {
            state.removeSlot(cacheKey);
        } else {
            state.putSlot(cacheKey, slot);
        }
    }

    private @Nullable Hold holdOf(String requestId) {
        return core.holds().get(requestId, state);
    }

    private void count(Hold hold, UsageCounts change) {
        count(hold.labels(), change);
    }

    private void count(Dimensions labels, UsageCounts change) {
        effects.usage(new UsageChange(tenantId, labels, core.arrivalMillis(), change, core.seq()));
    }

    private static long tokens(Usage used) {
        long input = Saturating.sum(used.inputTokens(), used.cacheReadTokens());
        long all =
                Saturating.sum(Saturating.sum(input, used.cacheWriteTokens()), used.outputTokens());
        return Math.min(all, Reservation.MOST_TOKENS);
    }
}
