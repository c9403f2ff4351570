package io.sluice.pipeline.audit;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.CanonicalFacts;
import io.sluice.contract.audit.CanonicalWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of an audit record: what the engine saw, what it decided, and every counter
 * before and after. It sees no text of prompts or answers. Not thread-safe; used again for each
 * event.
 */
public final class AuditScribe {
    /**
     * What the engine's decisions follow. A build that decides or records anything differently for
     * the same input has another, and says in CHANGELOG.md what changed.
     */
    public static final String ENGINE_VERSION = "1";

    private static final int VERSION = 1;

    private final CanonicalWriter out = new CanonicalWriter();
    private final Transitions transitions = new Transitions();
    private @Nullable Counters before;

    /** Begins a record with the counters as they are before the event. */
    public void begin(Counters counters) {
        before = counters;
        transitions.clear();
    }

    /** What the event brings about; to be added to while it is applied. */
    public Transitions transitions() {
        return transitions;
    }

    /**
     * The record of a request.
     *
     * @param place its place in the history
     * @param newPolicy whether the engine took the request's policy as new
     */
    public AuditRecord request(
            Place place,
            RequestFacts facts,
            boolean newPolicy,
            @Nullable Decision decision,
            Counters after) {
        head(place, after, decision);
        CanonicalFacts.write(out.field("input"), facts, newPolicy);
        return tail(place, AuditKind.REQUEST);
    }

    /** The record of an outcome. */
    public AuditRecord outcome(Place place, OutcomeFacts facts, Counters after) {
        head(place, after, null);
        CanonicalFacts.write(out.field("input"), facts);
        return tail(place, AuditKind.OUTCOME);
    }

    /** The record of a command. */
    public AuditRecord command(Place place, CommandEvent command, Counters after) {
        head(place, after, null);
        CanonicalFacts.write(out.field("input"), command);
        return tail(place, AuditKind.COMMAND);
    }

    private void head(Place place, Counters after, @Nullable Decision decision) {
        after.write(out.reset().beginObject().field("after"));
        out.field("arrived_at_millis", place.arrivedAtMillis());
        if (before != null) {
            before.write(out.field("before"));
        }
        if (decision != null) {
            write(decision);
        }
        out.field("engine", ENGINE_VERSION);
    }

    private AuditRecord tail(Place place, AuditKind kind) {
        out.field("kind", kind.wireName())
                .hex("prev_hash", place.previousHash())
                .field("seq", place.seq())
                .field("tenant_id", place.tenantId());
        transitions.write(out.field("transitions"));
        byte[] body = out.field("v", VERSION).endObject().toBytes();
        return AuditRecord.seal(place.tenantId(), place.seq(), kind, place.arrivedAtMillis(), body);
    }

    private void write(Decision decision) {
        out.field("decision")
                .beginObject()
                .field("clock_adjusted", decision.clockAdjusted())
                .field("decided_at_millis", decision.decidedAtMillis())
                .optional("downgraded_to", decision.downgradedTo())
                .field("limits");
        write(decision.limits());
        out.field("outcome", decision.outcome().wireName())
                .field("policy_version", decision.policyVersion())
                .optional("reason", decision.reason());
        if (decision.retryAfterMillis() >= 0) {
            out.field("retry_after_ms", decision.retryAfterMillis());
        }
        out.optional("shadow", decision.shadow())
                .optional("unpriced", decision.unpriced())
                .optional("violated", decision.violated())
                .optional("warnings", decision.warnings())
                .endObject();
    }

    private void write(List<LimitStatus> limits) {
        out.beginList();
        for (LimitStatus limit : limits) {
            out.beginObject();
            if (limit.debt() != 0) {
                out.field("debt", limit.debt());
            }
            out.field("limit", limit.limit())
                    .field("name", limit.name())
                    .field("remaining", limit.remaining())
                    .field("reset_ms", limit.resetMillis())
                    .endObject();
        }
        out.endList();
    }
}
