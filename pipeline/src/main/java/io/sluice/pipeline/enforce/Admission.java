package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Route;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.CacheKeys;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.limit.LimitReview;
import io.sluice.pipeline.usage.Dimensions;
import org.jspecify.annotations.Nullable;

/**
 * The decision on one new request: all limits are looked at first, then the request is charged to
 * all of them or to none. Lives for one request.
 */
final class Admission {
    /**
     * How long after its deadline a call may still end: 20 minutes, the longest it is waited for.
     */
    static final long GRACE_MILLIS = 1_200_000;

    /** No deadline is waited for longer than a day; those of batches are an hour. */
    static final long MOST_PATIENCE_MILLIS = 86_400_000;

    private static final UsageCounts REJECTED =
            UsageCounts.builder().requests(1).rejected(1).build();
    private static final UsageCounts ADMITTED =
            UsageCounts.builder().requests(1).admitted(1).build();
    private static final UsageCounts HIT = ADMITTED.toBuilder().cacheHits(1).build();

    private final TenantState state;
    private final TenantCore core;
    private final RequestFacts facts;
    private final EffectivePolicy policy;
    private final DecisionTime time;
    private final Effects effects;
    private final LimitReview review;
    private final @Nullable Turn turn;
    private String model;
    private String cacheKey;
    private UsageCounts counted = ADMITTED;

    Admission(
            TenantState state,
            TenantCore core,
            RequestFacts facts,
            EffectivePolicy policy,
            DecisionTime time,
            Effects effects) {
        this.state = state;
        this.core = core;
        this.facts = facts;
        this.policy = policy;
        this.time = time;
        this.effects = effects;
        this.model = facts.model();
        this.cacheKey = CacheKeys.of(facts, model, policy.cache());
        this.review = new LimitReview(policy, core.minute(), core.day(), core.clockMillis(), state);
        this.turn = Turn.of(state, facts, policy, core.clockMillis());
    }

    /** Decides, charges and says what is to be done. */
    void decide() {
        review.requests();
        if (!policy.allowedModels().isEmpty() && !policy.allowedModels().contains(facts.model())) {
            review.refuse(Names.MODEL_NOT_ALLOWED);
        }
        if (turn != null && turn.isBusy()) {
            review.refuse(Names.SESSION_BUSY);
        }
        if (review.refused() && !review.limitsCalls()) {
            reject();
        } else if (!serve() && !join()) {
            call();
        }
    }

    /** The model that answers or would have answered. */
    String model() {
        return model;
    }

    /** What the request counts as. */
    UsageCounts counted() {
        return counted;
    }

    private void call() {
        long earlier = turn == null ? 0 : turn.tokens();
        Reservation asked = Reservation.of(facts, model, earlier);
        Reservation reserved = asked;
        long held = core.holds().heldPicoUsd();
        String cheaper =
                asked.downgrade(policy, core.daySpending(), core.monthSpending(), held, review);
        if (cheaper != null && !cheaper.equals(model)) {
            model = cheaper;
            cacheKey = CacheKeys.of(facts, model, policy.cache());
            reserved = Reservation.of(facts, cheaper, earlier);
            if (serve() || join()) {
                return;
            }
        }
        review.pending(core.holds().pending());
        review.tokens(reserved.tokens());
        if (reserved.unpriced()) {
            review.unpriced(Names.BUDGET_PER_DAY, policy.dayBudget());
            review.unpriced(Names.BUDGET_PER_MONTH, policy.monthBudget());
        }
        long need = reserved.picoUsd();
        review.budget(Names.BUDGET_PER_DAY, policy.dayBudget(), core.daySpending(), held, need);
        review.budget(
                Names.BUDGET_PER_MONTH, policy.monthBudget(), core.monthSpending(), held, need);
        if (review.refused()) {
            reject();
        } else {
            invoke(reserved, need);
        }
    }

    private void invoke(Reservation reserved, long needPicoUsd) {
        boolean leads = sharesAnswers() && slot().hasRoom();
        if (leads) {
            Flight flight = Flight.of(facts.requestId(), deadlineAtMillis(), isBulk());
            state.putSlot(cacheKey, slot().with(flight));
        }
        Hold.Role role = leads ? Hold.Role.LEADER : Hold.Role.ALONE;
        hold(role, charge(reserved.tokens()), reserved.tokens(), needPicoUsd);
        Decision decision = decision(Verdict.INVOKED).build();
        if (sharesAnswers() && isServableStale()) {
            effects.invokeOrServe(facts, decision, cacheKey);
        } else if (turn == null) {
            effects.invoke(facts, decision);
        } else {
            turn.begin(state, effects);
            effects.invokeTurn(facts, decision, turn.key(), turn.earlier());
        }
    }

    /** Whether there is an answer that may be served if no model is left to give a new one. */
    private boolean isServableStale() {
        CacheEntry entry = slot().entry();
        return entry != null && entry.isServableStale(core.clockMillis(), staleForMillis());
    }

    /** A model that a spent budget turned it to has no route, so nothing is served in its place. */
    private long staleForMillis() {
        Route route = facts.ownRoute();
        return route == null || !model.equals(facts.model()) ? 0 : route.staleForMillis();
    }

    /**
     * Answers from the cache if there is an answer that is still fresh when the request may be
     * answered; also decided if refused until then.
     */
    private boolean serve() {
        if (!sharesAnswers()) {
            return false;
        }
        CacheEntry entry = slot().entry();
        long ttlMillis = CacheKeys.ttlMillis(facts, policy.cache());
        if (entry == null || !entry.isFresh(core.clockMillis() + review.waitMillis(), ttlMillis)) {
            return false;
        }
        if (review.refused()) {
            reject();
            return true;
        }
        charge(0);
        counted = HIT;
        effects.serve(facts, decision(Verdict.CACHE_HIT).build(), cacheKey);
        return true;
    }

    /**
     * Waits for an identical call if there is one in flight that ends in time, and not too many
     * wait already; also decided if refused.
     */
    private boolean join() {
        if (!sharesAnswers()) {
            return false;
        }
        CacheSlot slot = slot();
        Flight flight = slot.inTimeFor(isBulk(), deadlineAtMillis());
        if (flight == null || !slot.hasRoom()) {
            return false;
        }
        review.pending(core.holds().pending());
        if (review.refused()) {
            reject();
            return true;
        }
        state.putSlot(cacheKey, slot.replacing(flight, flight.joinedBy(facts.requestId())));
        hold(Hold.Role.FOLLOWER, charge(0), 0, 0);
        effects.park(facts, decision(Verdict.COALESCED).build());
        return true; // counted as coalesced when its leader's call has answered it
    }

    private void reject() {
        counted = REJECTED;
        effects.reject(
                facts,
                decision(Verdict.REJECTED)
                        .reason(review.reason())
                        .violated(review.violated())
                        .retryAfterMillis(review.retryAfterMillis())
                        .build());
    }

    /** Takes a place in all windows; gives the number of the entry in the minute. */
    private long charge(long tokens) {
        core.day().add();
        return core.minute().append(core.clockMillis(), tokens, state);
    }

    private void hold(Hold.Role role, long entry, long tokens, long picoUsd) {
        Hold hold =
                new Hold(
                        role,
                        false,
                        cacheKey,
                        turn == null ? null : turn.key(),
                        Dimensions.of(facts, model),
                        core.clockMillis(),
                        entry,
                        tokens,
                        facts.estimatedInputTokens(),
                        picoUsd,
                        deadlineAtMillis() + GRACE_MILLIS,
                        staleForMillis());
        core.holds().add(facts.requestId(), hold, state);
    }

    private Decision.Builder decision(Verdict verdict) {
        boolean priceMatters = verdict == Verdict.INVOKED || verdict == Verdict.REJECTED;
        return Decision.builder()
                .outcome(verdict)
                .retryAfterMillis(-1)
                .limits(
                        review.statuses(
                                core.holds().pending(),
                                core.daySpending(),
                                core.monthSpending(),
                                core.holds().heldPicoUsd()))
                .shadow(review.shadowed())
                .warnings(review.warnings())
                .downgradedTo(model.equals(facts.model()) ? null : model)
                .unpriced(priceMatters && !facts.prices().containsKey(model))
                .policyVersion(policy.version())
                .decidedAtMillis(core.clockMillis())
                .clockAdjusted(time.adjusted())
                .seq(core.seq());
    }

    /** Whether it takes an answer that another request got, or gets. */
    private boolean sharesAnswers() {
        return !cacheKey.isEmpty() && facts.cacheMode() == CacheMode.DEFAULT;
    }

    private boolean isBulk() {
        return facts.priority() == Priority.LOW;
    }

    /** When its client no longer waits, in arrival time. */
    private long deadlineAtMillis() {
        long patience = facts.deadlineAtMillis() - facts.receivedAtMillis();
        return core.arrivalMillis() + Math.max(0, Math.min(patience, MOST_PATIENCE_MILLIS));
    }

    private CacheSlot slot() {
        CacheSlot slot = state.slot(cacheKey);
        return slot == null ? CacheSlot.EMPTY : slot;
    }
}
