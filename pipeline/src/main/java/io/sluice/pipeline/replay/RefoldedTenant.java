package io.sluice.pipeline.replay;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.audit.AuditInput;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.RecordedInput;
import io.sluice.contract.json.AuditInputJson;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.pipeline.enforce.AuditedEngine;
import io.sluice.pipeline.enforce.Effects;
import io.sluice.pipeline.enforce.MemoryTenantState;
import io.sluice.pipeline.enforce.NoEffects;
import io.sluice.pipeline.enforce.TenantState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's history, folded through the engine again from its audit records alone. Whoever wrote
 * the records has to have written the same ones. Not thread-safe.
 */
public final class RefoldedTenant {
    private final TenantState state = new MemoryTenantState();
    private final AuditedEngine engine = new AuditedEngine();
    private final Effects effects = new NoEffects();

    /**
     * The record that this build's engine writes for what a recorded transition answered to, after
     * all those that were given before.
     *
     * @return null if the engine takes it for known already
     * @throws MalformedJsonException if the body is no record's
     */
    public @Nullable AuditRecord next(AuditRecord recorded) {
        return next(AuditInputJson.read(recorded, state.core().policy()));
    }

    /**
     * The same, of a record of which only the input is at hand.
     *
     * @param tenantId always the same
     */
    public @Nullable AuditRecord next(String tenantId, RecordedInput recorded) {
        return next(AuditInputJson.read(tenantId, recorded, state.core().policy()));
    }

    private @Nullable AuditRecord next(AuditInput input) {
        long arrivedAtMillis = input.arrivedAtMillis();
        RequestFacts request = input.request();
        if (request != null) {
            return engine.onRequest(state, request, arrivedAtMillis, effects);
        }
        OutcomeFacts outcome = input.outcome();
        if (outcome != null) {
            return engine.onOutcome(state, outcome, arrivedAtMillis, effects);
        }
        CommandEvent command = Objects.requireNonNull(input.command());
        return engine.onCommand(state, command, arrivedAtMillis, effects);
    }
}
