package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Candidate;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;

/** JSON of a route. What is usual is left out, so that requests stay small. */
public final class RouteJson {
    private RouteJson() {}

    /** A route as a tree. */
    public static ObjectNode write(Route route) {
        ObjectNode node = Json.object();
        ArrayNode targets = node.putArray("targets");
        route.candidates().forEach(candidate -> targets.add(write(candidate)));
        if (route.staleForMillis() > 0) {
            node.put("stale_for_millis", route.staleForMillis());
        }
        route.cheaper().ifPresent(candidate -> node.set("cheaper", write(candidate)));
        return node;
    }

    /** The route of a tree; throws {@link MalformedJsonException} if it is none. */
    public static Route read(JsonNode node) {
        return read(Fields.of("route", node));
    }

    static Route read(Fields fields) {
        try {
            return new Route(
                    fields.list("targets", RouteJson::candidate),
                    fields.number("stale_for_millis", 0),
                    fields.has("cheaper") ? candidate(fields.object("cheaper")) : null);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("route: " + e.getMessage(), e);
        }
    }

    private static ObjectNode write(Candidate candidate) {
        Target target = candidate.target();
        ObjectNode node = Json.object().put("model", target.model());
        if (target.region() != null) {
            node.put("region", target.region());
        }
        if (target.tier() != ServiceTier.DEFAULT) {
            node.put("tier", target.tier().wireName());
        }
        putUnless(node, "rank", candidate.rank(), 0);
        putUnless(node, "weight", candidate.weight(), 1);
        TargetQuota quota = candidate.quota();
        putUnless(node, "tokens_per_minute", quota.tokensPerMinute(), TargetQuota.UNLIMITED);
        putUnless(node, "requests_per_minute", quota.requestsPerMinute(), TargetQuota.UNLIMITED);
        putUnless(node, "concurrency", quota.concurrency(), TargetQuota.UNLIMITED);
        // Always: what the id tells may change with the build, a policy's version may not.
        return node.put("output_burndown", quota.outputBurndown());
    }

    private static Candidate candidate(Fields fields) {
        String model = fields.text("model");
        return new Candidate(
                Target.of(
                        model,
                        fields.optionalText("region"),
                        fields.has("tier")
                                ? fields.word("tier", ServiceTier::ofWireName)
                                : ServiceTier.DEFAULT),
                fields.smallNumber("rank", 0),
                fields.smallNumber("weight", 1),
                new TargetQuota(
                        fields.number("tokens_per_minute", TargetQuota.UNLIMITED),
                        fields.number("requests_per_minute", TargetQuota.UNLIMITED),
                        fields.number("concurrency", TargetQuota.UNLIMITED),
                        fields.smallNumber("output_burndown", TargetQuota.burndownOf(model))));
    }

    private static void putUnless(ObjectNode node, String name, long value, long usual) {
        if (value != usual) {
            node.put(name, value);
        }
    }
}
