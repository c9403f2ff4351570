package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.pipeline.audit.AuditScribe;
import io.sluice.pipeline.audit.Counters;
import io.sluice.pipeline.audit.Place;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Engine}, and a record of each of its transitions. An event that changes nothing, as
 * one that is read again, has no record; every other takes the next number of the tenant's history
 * and has exactly one. Not thread-safe; the state and the effects belong to one tenant.
 */
public final class AuditedEngine {
    /** The engine goes by another policy from here on; the subject is its hash. */
    private static final String POLICY_CHANGED = "policy-changed";

    /** The call was given up before it began, because its lane was full. */
    private static final String SHED = "shed";

    private final Engine engine = new Engine();
    private final AuditScribe scribe = new AuditScribe();

    /** Decides one request; null if it was known. */
    public @Nullable AuditRecord onRequest(
            TenantState state, RequestFacts facts, long arrivedAtMillis, Effects effects) {
        TenantCore before = state.core();
        EffectivePolicy known = before.policy();
        scribe.begin(counters(before));
        boolean newPolicy = isNewer(facts.policy(), known);
        if (newPolicy) {
            scribe.transitions().add(POLICY_CHANGED, facts.policy().hash());
        }
        AuditedEffects audited = new AuditedEffects(effects, scribe.transitions());
        if (!engine.onRequest(state, facts, arrivedAtMillis, audited)) {
            return null;
        }
        TenantCore after = state.core();
        Place place = place(after, facts.tenantId(), arrivedAtMillis);
        return seal(
                state,
                after,
                scribe.request(place, facts, newPolicy, audited.decision(), counters(after)));
    }

    /** Settles the end of one call; null if it ended no hold. */
    public @Nullable AuditRecord onOutcome(
            TenantState state, OutcomeFacts facts, long arrivedAtMillis, Effects effects) {
        scribe.begin(counters(state.core()));
        if (Names.LANE_FULL.equals(facts.reason())) {
            scribe.transitions().add(SHED, facts.requestId());
        }
        AuditedEffects audited = new AuditedEffects(effects, scribe.transitions());
        if (!engine.onOutcome(state, facts, arrivedAtMillis, audited)) {
            return null;
        }
        TenantCore after = state.core();
        Place place = place(after, facts.tenantId(), arrivedAtMillis);
        return seal(state, after, scribe.outcome(place, facts, counters(after)));
    }

    /** Applies a command. */
    public AuditRecord onCommand(
            TenantState state, CommandEvent command, long arrivedAtMillis, Effects effects) {
        scribe.begin(counters(state.core()));
        AuditedEffects audited = new AuditedEffects(effects, scribe.transitions());
        engine.onCommand(state, command, arrivedAtMillis, audited);
        TenantCore after = state.core();
        Place place = place(after, command.tenantId(), arrivedAtMillis);
        return seal(state, after, scribe.command(place, command, counters(after)));
    }

    /** Whether the engine took a policy as new, given the one that it knew before. */
    static boolean isNewer(@Nullable EffectivePolicy policy, @Nullable EffectivePolicy before) {
        return policy != null && (before == null || policy.version() > before.version());
    }

    private static Place place(TenantCore core, String tenantId, long arrivedAtMillis) {
        return new Place(tenantId, core.seq(), arrivedAtMillis, core.chain());
    }

    private static AuditRecord seal(TenantState state, TenantCore core, AuditRecord record) {
        core.chain(record.hash());
        state.save(core);
        return record;
    }

    private static Counters counters(TenantCore core) {
        return new Counters(
                core.clockMillis(),
                core.minute().count(),
                core.minute().tokens(),
                core.day().count(),
                core.daySpending().spentPicoUsd(),
                core.monthSpending().spentPicoUsd(),
                core.holds().heldPicoUsd(),
                core.holds().pending());
    }
}
