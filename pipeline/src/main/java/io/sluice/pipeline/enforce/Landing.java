package io.sluice.pipeline.enforce;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.UsageCounts;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.limit.LimitReview;
import io.sluice.pipeline.usage.UsageChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which those who waited for a call go on when it has ended. An answer ends their
 * wait. If there is none, the one whose deadline comes first is called, so that the others have
 * time to wait for it; whoever has none left ends at its own deadline.
 *
 * <p>One call that fails is replaced once. A leader that its client withdrew, or that never came to
 * be called before its deadline, is no such call. What ended only the leader, its client or its
 * deadline, is never given to others as the reason why they failed. Lives for one event.
 */
final class Landing {
    private static final UsageCounts ANSWERED = UsageCounts.builder().coalesced(1).build();
    static final UsageCounts FAILED = UsageCounts.builder().coalesced(1).failed(1).build();

    private final TenantState state;
    private final TenantCore core;
    private final String tenantId;
    private final Effects effects;

    Landing(TenantState state, TenantCore core, String tenantId, Effects effects) {
        this.state = state;
        this.core = core;
        this.tenantId = tenantId;
        this.effects = effects;
    }

    /** Answers who waited for that call; if its answer is kept, all who wait for the same. */
    void answered(String leader, String cacheKey, CacheSlot slot, boolean kept) {
        CacheSlot rest = slot;
        for (Flight flight : slot.flights()) {
            boolean own = flight.leader().equals(leader);
            if (own || kept) {
                for (String follower : flight.followers()) {
                    effects.answerParked(follower);
                    end(follower, holdOf(follower), ANSWERED);
                }
                rest = rest.replacing(flight, own ? null : flight.followedBy(List.of()));
            }
        }
        putOrRemove(cacheKey, rest);
    }

    /** Goes on without the answer of a call that ended so. */
    void failed(Hold leader, CacheSlot slot, OutcomeFacts facts) {
        boolean withdrawn = facts.status() == OutcomeStatus.CANCELLED;
        boolean late = Names.DEADLINE.equals(facts.reason());
        boolean counts = !withdrawn && (!late || facts.attempt() > 0);
        failed(facts.requestId(), leader, slot, counts, withdrawn || late ? null : facts.reason());
    }

    /** Goes on without the answer of a call whose end never came. */
    void lost(String requestId, Hold leader, CacheSlot slot) {
        failed(requestId, leader, slot, true, null);
    }

    /** A {@code reason} of null is the leader's own. */
    private void failed(
            String requestId,
            Hold leader,
            CacheSlot slot,
            boolean counts,
            @Nullable String reason) {
        Flight flight = slot.ledBy(requestId);
        if (flight == null) {
            return;
        }
        Map<String, Hold> waiting = inTime(flight);
        Flight next = null;
        if (!waiting.isEmpty()) {
            String lacking = lacking(leader);
            if (lacking == null && !(counts && flight.promoted())) {
                next = promote(leader, flight, waiting, counts);
            } else {
                String own = lacking == null ? Names.MODEL_ERROR : lacking;
                String why = reason == null ? own : reason;
                waiting.forEach((follower, hold) -> fail(follower, hold, why));
            }
        }
        putOrRemove(leader.cacheKey(), slot.replacing(flight, next));
    }

    /** Ends who waited until its deadline; gives the others, oldest first. */
    private Map<String, Hold> inTime(Flight flight) {
        Map<String, Hold> waiting = new LinkedHashMap<>();
        for (String follower : flight.followers()) {
            Hold hold = holdOf(follower);
            if (hold.deadlineAtMillis() > core.arrivalMillis()) {
                waiting.put(follower, hold);
            } else {
                fail(follower, hold, Names.DEADLINE);
            }
        }
        return waiting;
    }

    /** Lets the one whose deadline comes first take the failed one's place and reservation. */
    private Flight promote(Hold failed, Flight flight, Map<String, Hold> waiting, boolean counts) {
        String next = "";
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<String, Hold> entry : waiting.entrySet()) {
            if (entry.getValue().deadlineAtMillis() < earliest) {
                next = entry.getKey();
                earliest = entry.getValue().deadlineAtMillis();
            }
        }
        Hold hold = Objects.requireNonNull(waiting.remove(next));
        Hold promoted = hold.asLeader(failed.tokens(), failed.picoUsd());
        core.holds().replace(next, hold, promoted, state);
        core.minute().amend(hold.minuteEntry(), failed.tokens(), state);
        effects.invokeParked(next, hold.labels().model());
        return new Flight(
                next,
                earliest,
                flight.bulk(),
                new ArrayList<>(waiting.keySet()),
                counts || flight.promoted());
    }

    /** The limit that no longer has the room that this one held; null if all have. */
    private @Nullable String lacking(Hold hold) {
        EffectivePolicy policy = Objects.requireNonNull(core.policy());
        long limit = policy.tokensPerMinute();
        if (limit != EffectivePolicy.UNLIMITED
                && !policy.shadow().contains(Names.TOKENS_PER_MINUTE)
                && hold.tokens() > limit - core.minute().tokens()) {
            return Names.TOKENS_PER_MINUTE;
        }
        if (!policy.shadow().contains(Names.BUDGET_PER_DAY)
                && !fits(policy.dayBudget(), core.daySpending(), hold)) {
            return Names.BUDGET_PER_DAY;
        }
        boolean month = !policy.shadow().contains(Names.BUDGET_PER_MONTH);
        return month && !fits(policy.monthBudget(), core.monthSpending(), hold)
                ? Names.BUDGET_PER_MONTH
                : null;
    }

    private boolean fits(@Nullable Budget budget, Spending spending, Hold hold) {
        return budget == null
                || budget.action() != BudgetAction.BLOCK
                || LimitReview.fits(budget, spending, core.holds().heldPicoUsd(), hold.picoUsd());
    }

    private void fail(String follower, Hold hold, String reason) {
        effects.failParked(follower, reason);
        end(follower, hold, FAILED);
    }

    private void end(String follower, Hold hold, UsageCounts change) {
        core.holds().remove(follower, hold, state);
        effects.usage(
                new UsageChange(
                        tenantId,
                        hold.labels(),
                        hold.decidedAtMillis(),
                        core.arrivalMillis(),
                        change,
                        core.seq(),
                        core.isolation()));
    }

    private void putOrRemove(String cacheKey, CacheSlot slot) {
        if (slot.isEmpty()) {
            state.removeSlot(cacheKey);
        } else {
            state.putSlot(cacheKey, slot);
        }
    }

    /** Each that waits has a hold until it has ended. */
    private Hold holdOf(String follower) {
        return Objects.requireNonNull(core.holds().get(follower, state), follower);
    }
}
