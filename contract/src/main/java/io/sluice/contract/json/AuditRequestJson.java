package io.sluice.contract.json;

import io.sluice.contract.CacheMode;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Route;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's facts from its audit record. A policy that is not written whole is one that the
 * engine did not look into, because it knew one of its version or a higher one. Of a route only for
 * how long a stale answer may be served is recorded: nothing else of it decides.
 */
final class AuditRequestJson {
    private AuditRequestJson() {}

    static RequestFacts read(
            String tenantId, CanonicalReader in, @Nullable EffectivePolicy newest) {
        RequestFacts.Builder facts =
                RequestFacts.builder()
                        .tenantId(tenantId)
                        .cacheMode(in.beginObject().word("cache_mode", CacheMode::ofWireName))
                        .deadlineAtMillis(in.number("deadline_at_millis"))
                        .estimatedInputTokens(in.number("estimated_input_tokens"))
                        .labels(labels(in.field("labels")))
                        .maxTokens(in.number("max_tokens"));
        String model = in.text("model");
        facts.model(model)
                .policy(policy(in.field("policy"), newest))
                .prices(in.has("prices") ? in.map(AuditRequestJson::price) : Map.of())
                .priority(in.word("priority", Priority::ofWireName))
                .promptHash(in.text("prompt_hash"))
                .receivedAtMillis(in.number("received_at_millis"))
                .requestId(in.text("request_id"))
                .sampled(in.optionalFlag("sampled"));
        long staleForMillis = in.number("stale_for_millis", 0);
        if (staleForMillis != 0) {
            facts.route(new Route(Route.to(model).candidates(), staleForMillis, null));
        }
        facts.taskHash(in.optionalText("task_hash"));
        in.endObject();
        return facts.build();
    }

    private static EffectivePolicy policy(CanonicalReader in, @Nullable EffectivePolicy newest) {
        if (!in.isObjectThatBeginsWith("hash")) {
            return PolicyJson.read(Fields.of("input.policy", in.tree()));
        }
        in.beginObject();
        EffectivePolicy known = known(in.text("hash"), in.smallNumber("version"), newest);
        in.endObject();
        return known;
    }

    private static EffectivePolicy known(
            String hash, int version, @Nullable EffectivePolicy newest) {
        if (newest == null || newest.version() < version) {
            throw new MalformedJsonException(
                    "input.policy: no earlier record has the content of version " + version);
        }
        return newest.version() == version && newest.hash().equals(hash)
                ? newest
                : newest.toBuilder().version(version).hash(hash).build();
    }

    private static Labels labels(CanonicalReader in) {
        in.beginObject();
        Labels.Builder labels =
                Labels.builder().agentId(in.optionalText("agent_id")).endpoint(in.text("endpoint"));
        if (in.has("metadata")) {
            labels.metadata(in.map((name, value) -> value.text()));
        }
        labels.session(in.optionalText("session")).userId(in.optionalText("user_id"));
        in.endObject();
        return labels.build();
    }

    private static ReservePrice price(String model, CanonicalReader in) {
        List<long[]> steps = in.list(AuditRequestJson::step);
        try {
            return ReservePrice.of(column(steps, 0), column(steps, 1), column(steps, 2));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("input.prices." + model + ": " + e.getMessage(), e);
        }
    }

    private static long[] step(CanonicalReader in) {
        in.beginObject();
        long[] step = {in.number("above"), in.number("input"), in.number("output")};
        in.endObject();
        return step;
    }

    private static long[] column(List<long[]> steps, int column) {
        long[] values = new long[steps.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = steps.get(i)[column];
        }
        return values;
    }
}
