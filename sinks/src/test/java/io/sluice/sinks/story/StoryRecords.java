package io.sluice.sinks.story;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.CanonicalWriter;
import io.sluice.contract.audit.Hex;
import java.time.Instant;

/** Records as the engine writes them, of one tenant, chained; short of what no story tells. */
final class StoryRecords {
    private final String tenantId;
    private byte[] previous = AuditRecord.genesis();
    private long seq;

    StoryRecords(String tenantId) {
        this.tenantId = tenantId;
    }

    /** A request whose call begins. */
    AuditRecord invoked(String requestId, String at, String deadlineAt) {
        CanonicalWriter body = new CanonicalWriter().beginObject();
        body.field("after").beginObject().field("minute_requests", seq + 1).endObject();
        body.field("before").beginObject().field("minute_requests", seq).endObject();
        body.field("decision")
                .beginObject()
                .field("clock_adjusted", false)
                .field("decided_at_millis", millis(at))
                .field("limits")
                .beginList()
                .beginObject()
                .field("limit", 1_000_000_000_000L)
                .field("name", "budget-day")
                .field("remaining", 250_000_000_000L)
                .field("reset_ms", 1_500)
                .endObject()
                .endList()
                .field("policy_version", 7)
                .endObject();
        body.field("engine", "1")
                .field("input")
                .beginObject()
                .field("cache_mode", "default")
                .field("deadline_at_millis", millis(deadlineAt))
                .field("estimated_input_tokens", 12)
                .field("max_tokens", 64)
                .field("model", "m")
                .field("policy")
                .beginObject()
                .field("hash", "abc")
                .endObject()
                .field("priority", "normal")
                .field("received_at_millis", millis(at))
                .field("request_id", requestId)
                .endObject();
        return sealed(body, AuditKind.REQUEST, at, requestId, "invoked");
    }

    /** The end of its call. */
    AuditRecord settled(String requestId, String at) {
        CanonicalWriter body = new CanonicalWriter().beginObject();
        body.field("after").beginObject().field("held_pico_usd", 0).endObject();
        body.field("before").beginObject().field("held_pico_usd", 5_000_000L).endObject();
        body.field("engine", "1")
                .field("input")
                .beginObject()
                .field("attempt", 1)
                .field("cost_pico_usd", 3_500_000L)
                .field("finished_at_millis", millis(at))
                .field("latency_millis", 820)
                .field("model", "m")
                .field("price_version", "2026-11")
                .field("request_id", requestId)
                .field("status", "succeeded")
                .field("usage")
                .beginObject()
                .field("input_tokens", 11)
                .field("output_tokens", 9)
                .endObject()
                .endObject();
        return sealed(body, AuditKind.OUTCOME, at, requestId, "settled");
    }

    /** A command that does something to a request. */
    AuditRecord command(String name, String at, String requestId, String what) {
        CanonicalWriter body = new CanonicalWriter().beginObject();
        body.field("after").beginObject().endObject();
        body.field("before").beginObject().endObject();
        body.field("engine", "1").field("input").beginObject().field("name", name).endObject();
        return sealed(body, AuditKind.COMMAND, at, requestId, what);
    }

    private AuditRecord sealed(
            CanonicalWriter body, AuditKind kind, String at, String subject, String what) {
        body.field("kind", kind.wireName())
                .field("prev_hash", Hex.of(previous))
                .field("seq", ++seq)
                .field("tenant_id", tenantId)
                .field("transitions")
                .beginList()
                .beginObject()
                .field("subject", subject)
                .field("what", what)
                .endObject()
                .endList();
        AuditRecord record =
                AuditRecord.seal(tenantId, seq, kind, millis(at), body.endObject().toBytes());
        previous = record.hash();
        return record;
    }

    static long millis(String at) {
        return Instant.parse(at).toEpochMilli();
    }
}
