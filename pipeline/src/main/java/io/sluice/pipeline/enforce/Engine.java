package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.CacheKeys;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.limit.RequestLimits;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.UsageWindows;
import java.util.List;

/**
 * Takes every decision: one event of a tenant's log and the tenant's state in, changed state and
 * {@link Effects} out. It reads no clock, draws no random number and sees no text, so the same log
 * gives the same decisions wherever and whenever it is read.
 *
 * <p>Arrival times are the stream's, epoch milliseconds. Stateless; the state and the effects
 * belong to one tenant and one thread.
 */
public final class Engine {
    /** How long an id is known as a duplicate, in decision time: one hour. */
    public static final long DEDUPE_MILLIS = 3_600_000;

    private static final UsageCounts REJECTED =
            UsageCounts.builder().requests(1).rejected(1).build();
    private static final UsageCounts ADMITTED =
            UsageCounts.builder().requests(1).admitted(1).build();
    private static final UsageCounts HIT = ADMITTED.toBuilder().cacheHits(1).build();

    private final Settlement settlement = new Settlement();

    /**
     * Decides one request. An id that was seen within {@link #DEDUPE_MILLIS}, or that has not ended
     * yet, changes nothing.
     *
     * @return whether it was new
     */
    public boolean onRequest(
            TenantState state, RequestFacts facts, long arrivedAtMillis, Effects effects) {
        TenantCore core = state.core();
        long arrivalMillis = Math.max(core.arrivalMillis(), arrivedAtMillis);
        DecisionTime time =
                DecisionTime.of(facts.receivedAtMillis(), arrivalMillis, core.clockMillis());
        if (isDuplicate(state, facts.requestId(), time.millis())) {
            return false;
        }
        core.arrivedAt(arrivalMillis);
        core.clockMillis(time.millis());
        Sweep.upTo(state, core, effects);
        state.see(facts.requestId(), time.millis());

        EffectivePolicy policy = core.newest(facts.policy());
        core.minute().expire(time.millis(), state);
        core.day().roll(time.millis());
        RequestLimits limits =
                RequestLimits.charge(policy, core.minute(), core.day(), time.millis(), state);
        Decision.Builder decision =
                Decision.builder()
                        .limits(limits.statuses())
                        .retryAfterMillis(-1)
                        .policyVersion(policy.version())
                        .decidedAtMillis(time.millis())
                        .clockAdjusted(time.adjusted())
                        .seq(core.nextSeq());
        Dimensions labels = UsageWindows.resolve(state, Dimensions.of(facts), time.millis());
        UsageCounts change =
                limits.admitted()
                        ? admit(state, facts, policy, labels, time.millis(), decision, effects)
                        : reject(facts, limits, decision, effects);
        UsageWindows.add(
                state, effects, facts.tenantId(), labels, time.millis(), change, core.seq());
        effects.requestCounted(labels.endpoint(), time.millis());
        state.save(core);
        return true;
    }

    /**
     * Settles the end of one call. An outcome without a hold changes nothing: it was settled
     * before, or never admitted.
     *
     * @return whether it ended a hold
     */
    public boolean onOutcome(
            TenantState state, OutcomeFacts facts, long arrivedAtMillis, Effects effects) {
        Hold hold = state.hold(facts.requestId());
        if (hold == null || hold.role() == Hold.Role.FOLLOWER) {
            return false;
        }
        TenantCore core = state.core();
        core.arrivedAt(arrivedAtMillis);
        Sweep.upTo(state, core, effects);
        core.nextSeq();
        settlement.settle(state, core, hold, facts, effects);
        state.save(core);
        return true;
    }

    /**
     * Applies a command. None is known yet; unknown ones take their place in the history and change
     * nothing else.
     */
    public void onCommand(
            TenantState state, CommandEvent command, long arrivedAtMillis, Effects effects) {
        TenantCore core = state.core();
        core.arrivedAt(arrivedAtMillis);
        core.nextSeq();
        state.save(core);
    }

    private static boolean isDuplicate(TenantState state, String requestId, long nowMillis) {
        long seenAtMillis = state.seenAt(requestId);
        return (seenAtMillis >= 0 && nowMillis - seenAtMillis < DEDUPE_MILLIS)
                || state.hold(requestId) != null;
    }

    private static UsageCounts reject(
            RequestFacts facts, RequestLimits limits, Decision.Builder decision, Effects effects) {
        effects.reject(
                facts,
                decision.outcome(Verdict.REJECTED)
                        .reason(limits.exhausted())
                        .retryAfterMillis(limits.retryAfterMillis())
                        .build());
        return REJECTED;
    }

    private static UsageCounts admit(
            TenantState state,
            RequestFacts facts,
            EffectivePolicy policy,
            Dimensions labels,
            long nowMillis,
            Decision.Builder decision,
            Effects effects) {
        boolean caching =
                policy.cache().llmTtlMillis() > 0 && facts.cacheMode() != CacheMode.BYPASS;
        String cacheKey = caching ? CacheKeys.llm(facts) : "";
        if (caching && facts.cacheMode() == CacheMode.DEFAULT) {
            CacheEntry entry = state.cached(cacheKey);
            if (entry != null && entry.isFresh(nowMillis, policy.cache().llmTtlMillis())) {
                effects.serve(facts, decision.outcome(Verdict.CACHE_HIT).build(), cacheKey);
                return HIT;
            }
            Flight flight = state.flight(cacheKey);
            if (flight != null) {
                state.putFlight(cacheKey, flight.joinedBy(facts.requestId()));
                state.putHold(facts.requestId(), new Hold(Hold.Role.FOLLOWER, cacheKey, labels));
                effects.park(facts, decision.outcome(Verdict.COALESCED).build());
                return ADMITTED; // counted as coalesced when its leader's call has answered it
            }
            state.putFlight(cacheKey, new Flight(facts.requestId(), List.of(), false));
            state.putHold(facts.requestId(), new Hold(Hold.Role.LEADER, cacheKey, labels));
        } else {
            state.putHold(facts.requestId(), new Hold(Hold.Role.ALONE, cacheKey, labels));
        }
        effects.invoke(facts, decision.outcome(Verdict.INVOKED).build());
        return ADMITTED;
    }
}
