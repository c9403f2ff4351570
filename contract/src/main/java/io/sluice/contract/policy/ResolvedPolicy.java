package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ContentHash;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Isolation;
import io.sluice.contract.Priority;
import io.sluice.contract.Route;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.RouteJson;
import io.sluice.contract.json.SortedJson;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's whole policy: what travels inside its requests, what the ingress alone needs, and the
 * document that both were read from, which is archived once per version.
 */
public final class ResolvedPolicy {
    private final PolicyEntry limits;
    private final ObjectNode document;
    private final Map<String, Route> routes;
    private final EffectivePolicy effective;

    private ResolvedPolicy(
            PolicyEntry limits,
            Map<String, Route> routes,
            ObjectNode document,
            EffectivePolicy effective) {
        this.limits = limits;
        this.routes = routes;
        this.document = document;
        this.effective = effective;
    }

    /** The policy of limits that set every key, with real model ids. */
    static ResolvedPolicy of(
            String tier,
            PolicyEntry limits,
            Map<String, Route> routes,
            String priceVersion,
            int version) {
        ObjectNode document = Json.object();
        document.set("limits", limits.json());
        document.put("price_version", priceVersion);
        if (!routes.isEmpty()) {
            ObjectNode written = document.putObject("routes");
            new TreeMap<>(routes).forEach((name, r) -> written.set(name, RouteJson.write(r)));
        }
        document.put("tier", tier);
        String hash = ContentHash.of(Json.text(document));
        return new ResolvedPolicy(
                limits,
                routes,
                document,
                Effective.policy(tier, limits, priceVersion, version, hash));
    }

    /**
     * The policy of an archived document, of this version of Sluice, an earlier or a later one.
     *
     * @throws InvalidPolicyException if its limits are none
     * @throws MalformedJsonException if it is no such document
     */
    public static ResolvedPolicy ofDocument(JsonNode archived, int version) {
        JsonNode tier = archived.path("tier");
        JsonNode priceVersion = archived.path("price_version");
        if (!tier.isTextual() || !priceVersion.isTextual()) {
            throw new MalformedJsonException("policy document: tier or price_version is missing");
        }
        Findings findings = Findings.ofStored();
        PolicyEntry limits =
                PolicyEntry.read("limits", archived.path("limits"), Set.of(), findings)
                        .over(Defaults.LIMITS);
        findings.throwIfAny();
        ObjectNode document = (ObjectNode) SortedJson.of(archived);
        return new ResolvedPolicy(
                limits,
                routes(archived.path("routes")),
                document,
                Effective.policy(
                        tier.textValue(),
                        limits,
                        priceVersion.textValue(),
                        version,
                        ContentHash.of(Json.text(document))));
    }

    /** The same policy under another version. */
    public ResolvedPolicy withVersion(int version) {
        return new ResolvedPolicy(
                limits, routes, document, effective.toBuilder().version(version).build());
    }

    /** What travels inside requests. */
    public EffectivePolicy effective() {
        return effective;
    }

    /** SHA-256 of the document, which has every value but the version; hex. */
    public String hash() {
        return effective.hash();
    }

    /**
     * The route of an alias or a real id, as this version of the policy has it; null if it says no
     * more than the real id.
     */
    public @Nullable Route routeOf(String idOrAlias) {
        return routes.get(idOrAlias);
    }

    /** The aliases and real ids that lead to such a route, in alphabetical order. */
    public Set<String> namesOf(Route route) {
        Set<String> names = new TreeSet<>();
        routes.forEach(
                (name, each) -> {
                    if (each.equals(route)) {
                        names.add(name);
                    }
                });
        return names;
    }

    /**
     * {@code {"limits":{every key},"price_version","routes":{those that say more than an
     * id},"tier"}}, keys sorted.
     */
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** Output tokens of a request that names none. */
    public long maxTokensDefault() {
        return Math.min(group("max_tokens", "default"), maxTokensCeiling());
    }

    /** The most output tokens that a request may name. */
    public long maxTokensCeiling() {
        return group("max_tokens", "ceiling");
    }

    /** Priority of a request that names none. */
    public Priority defaultPriority() {
        return Priority.ofWireName(word(LimitKey.PRIORITY));
    }

    /** How much the tenant's data is kept apart. */
    public Isolation isolation() {
        return effective.isolation();
    }

    private static Map<String, Route> routes(JsonNode written) {
        Map<String, Route> routes = new TreeMap<>();
        written.properties().forEach(e -> routes.put(e.getKey(), RouteJson.read(e.getValue())));
        return routes;
    }

    private long group(String key, String inner) {
        return limits.json().get(key).get(inner).longValue();
    }

    private String word(LimitKey key) {
        JsonNode value = limits.get(key);
        return value == null ? "" : value.textValue();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResolvedPolicy
                && effective.equals(((ResolvedPolicy) other).effective);
    }

    @Override
    public int hashCode() {
        return effective.hashCode();
    }

    @Override
    public String toString() {
        return "ResolvedPolicy{version=" + effective.version() + ", " + document + '}';
    }
}
