package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Route;
import io.sluice.contract.audit.AuditInput;
import io.sluice.contract.audit.AuditRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the engine saw of an event from the {@code input} of its audit record, as {@link
 * io.sluice.contract.audit.CanonicalFacts} wrote it. Of a request's route only for how long a stale
 * answer may be served is recorded: nothing else of it decides.
 */
public final class AuditInputJson {
    private AuditInputJson() {}

    /**
     * What a record's transition answered to.
     *
     * @param newest the policy of the tenant's newest record that wrote one whole; null if none did
     * @throws MalformedJsonException if the body is no record's
     */
    public static AuditInput read(AuditRecord record, @Nullable EffectivePolicy newest) {
        JsonNode input = input(record.body());
        long arrivedAtMillis = record.arrivedAtMillis();
        String tenantId = record.tenantId();
        switch (record.kind()) {
            case REQUEST:
                return AuditInput.of(arrivedAtMillis, request(tenantId, input, newest));
            case OUTCOME:
                return AuditInput.of(arrivedAtMillis, outcome(tenantId, input));
            case COMMAND:
                return AuditInput.of(arrivedAtMillis, command(tenantId, input));
        }
        throw new IllegalStateException("a kind of record without a rule");
    }

    /** Nothing else of the body is looked into. */
    private static JsonNode input(byte[] body) {
        RawFields fields = new RawFields(body);
        while (fields.next()) {
            if (fields.isNamed("input")) {
                return Json.parse(body, fields.valueFrom(), fields.valueLength());
            }
        }
        throw new MalformedJsonException("record: expected the field input");
    }

    /**
     * A request's facts. A policy that is not written whole is one that the engine did not look
     * into, because it knew one of its version or a higher one.
     *
     * @param newest the policy of the tenant's newest record that wrote one whole; null if none did
     * @throws MalformedJsonException if it is no request, or the first policy is not written whole
     */
    static RequestFacts request(String tenantId, JsonNode input, @Nullable EffectivePolicy newest) {
        ObjectNode node = of(tenantId, input);
        Fields policy = Fields.of("input", node).object("policy");
        if (!policy.has("tier")) {
            node.set("policy", PolicyJson.write(known(policy, newest)));
        }
        Fields fields = Fields.of("input", node);
        RequestFacts facts = FactsJson.readRequest(fields);
        long staleForMillis = fields.number("stale_for_millis", 0);
        if (staleForMillis == 0) {
            return facts;
        }
        Route plain = Route.to(facts.model());
        return facts.toBuilder().route(new Route(plain.candidates(), staleForMillis, null)).build();
    }

    private static EffectivePolicy known(Fields policy, @Nullable EffectivePolicy newest) {
        int version = policy.smallNumber("version");
        if (newest == null || newest.version() < version) {
            throw new MalformedJsonException(
                    "input.policy: no earlier record has the content of version " + version);
        }
        return newest.toBuilder().version(version).hash(policy.text("hash")).build();
    }

    /** An outcome's facts; throws {@link MalformedJsonException} if it is none. */
    static OutcomeFacts outcome(String tenantId, JsonNode input) {
        return FactsJson.readOutcome(Fields.of("input", of(tenantId, input)));
    }

    /** A command; throws {@link MalformedJsonException} if it is none. */
    static CommandEvent command(String tenantId, JsonNode input) {
        return FactsJson.readCommand(Fields.of("input", of(tenantId, input)), null);
    }

    private static ObjectNode of(String tenantId, JsonNode input) {
        if (!input.isObject()) {
            throw new MalformedJsonException("input: expected an object");
        }
        return ((ObjectNode) input).put("tenant_id", tenantId);
    }
}
