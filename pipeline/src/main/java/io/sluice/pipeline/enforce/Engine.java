package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.UsageCounts;
import io.sluice.pipeline.dedupe.RequestKey;
import io.sluice.pipeline.session.Conversation;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.UsageChange;

/**
 * Takes every decision: one event of a tenant's log and the tenant's state in, changed state and
 * {@link Effects} out. It reads no clock, draws no random number and sees no text, so the same log
 * gives the same decisions wherever and whenever it is read.
 *
 * <p>Arrival times are the stream's, epoch milliseconds. Stateless; the state and the effects
 * belong to one tenant and one thread.
 */
public final class Engine {
    /**
     * Decides one request. It changes nothing if its id was used within the last hour, if it has
     * not ended yet, or if the stream took it more than an hour before events that were applied
     * already: then it is being read again.
     *
     * @return whether it was new
     */
    public boolean onRequest(
            TenantState state, RequestFacts facts, long arrivedAtMillis, Effects effects) {
        TenantCore core = state.core();
        RequestKey id = RequestKey.of(facts.requestId());
        if (core.isReread(arrivedAtMillis) || isKnown(core, id, facts.requestId(), state)) {
            return false;
        }
        long arrivalMillis = core.arrivedAt(arrivedAtMillis);
        DecisionTime time =
                DecisionTime.of(facts.receivedAtMillis(), arrivalMillis, core.clockMillis());
        core.nextSeq();
        core.clock(time.millis(), state);
        Overdue.end(state, core, facts.tenantId(), effects);
        core.seen().add(id, arrivalMillis, state);

        EffectivePolicy policy = core.newest(facts.policy());
        Admission admission = new Admission(state, core, facts, policy, time, effects);
        admission.decide();
        effects.usage(
                new UsageChange(
                        facts.tenantId(),
                        Dimensions.of(facts, admission.model()),
                        time.millis(),
                        arrivalMillis,
                        admission.counted(),
                        core.seq(),
                        core.isolation()));
        effects.requestCounted(facts.labels().endpoint(), time.millis());
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
        TenantCore core = state.core();
        Hold hold = core.holds().get(facts.requestId(), state);
        if (hold == null || hold.role() == Hold.Role.FOLLOWER) {
            return false;
        }
        core.arrivedAt(arrivedAtMillis);
        core.nextSeq();
        Overdue.leave(state, core);
        new Settlement(state, core, facts.tenantId(), effects).settle(hold, facts);
        Overdue.end(state, core, facts.tenantId(), effects);
        state.save(core);
        return true;
    }

    /**
     * Applies a command: one that expires what is overdue, withdraws a request, forgets a
     * conversation, or everything that was said (see {@link #erase}). An unknown one takes its
     * place in the history and changes nothing else.
     */
    public void onCommand(
            TenantState state, CommandEvent command, long arrivedAtMillis, Effects effects) {
        TenantCore core = state.core();
        core.arrivedAt(arrivedAtMillis);
        core.nextSeq();
        Overdue.end(state, core, command.tenantId(), effects);
        String subject = command.subject();
        if (command.name().equals(Names.CANCEL_REQUEST) && subject != null) {
            cancel(state, core, command.tenantId(), subject, effects);
        } else if (command.name().equals(Names.DELETE_SESSION) && subject != null) {
            forget(state, subject, effects);
        } else if (command.name().equals(Names.ERASE_TENANT)) {
            erase(state, core, effects);
        } else if (command.name().equals(Names.EXPIRE)) {
            effects.usage(
                    new UsageChange(
                            command.tenantId(),
                            Dimensions.NONE,
                            core.arrivalMillis(),
                            core.arrivalMillis(),
                            UsageCounts.NONE,
                            core.seq(),
                            core.isolation()));
        }
        state.save(core);
    }

    private static boolean isKnown(
            TenantCore core, RequestKey id, String requestId, TenantState state) {
        return !core.seen().isNewest(id)
                && (core.seen().contains(id, state) || core.holds().get(requestId, state) != null);
    }

    private static void cancel(
            TenantState state,
            TenantCore core,
            String tenantId,
            String requestId,
            Effects effects) {
        Hold hold = core.holds().get(requestId, state);
        if (hold == null || hold.expired()) {
            return;
        }
        if (hold.role() == Hold.Role.FOLLOWER) {
            new Settlement(state, core, tenantId, effects).cancel(requestId, hold);
        } else {
            effects.withdraw(requestId);
        }
    }

    /**
     * Forgets answers and conversations if no request is open, for what is open needs its text.
     * What was counted and spent stays, as do the ids of the last hour, so that nothing is forgiven
     * and no repetition is taken for a new request.
     */
    private static void erase(TenantState state, TenantCore core, Effects effects) {
        if (core.holds().pending() > 0) {
            effects.refuseToDrop();
            return;
        }
        state.forgetAnswersAndConversations();
        effects.dropEverything();
    }

    /** A turn that has not ended is answered, but no longer belongs to a conversation. */
    private static void forget(TenantState state, String key, Effects effects) {
        Conversation conversation = state.conversation(key);
        if (conversation != null) {
            state.removeConversation(key);
            effects.dropConversation(key);
        }
    }
}
