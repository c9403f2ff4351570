package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Names;
import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one document and tells everything that is wrong with it at once. */
final class PolicyReader {
    private static final Set<String> KEYS = Set.of("default_tier", "tiers", "tenants", "models");

    private final Findings findings = new Findings();
    private final @Nullable PolicyDocument base;
    private final PriceBook prices;

    /** Reads documents that add to a base, which is null for the shipped document itself. */
    PolicyReader(@Nullable PolicyDocument base, PriceBook prices) {
        this.base = base;
        this.prices = prices;
    }

    PolicyDocument read(String yaml) {
        JsonNode root = PolicyYaml.parse(yaml, findings);
        if (!root.isObject() && !root.isNull()) {
            findings.wrong("", root, "a mapping of " + String.join(", ", sorted()));
        }
        findings.unknownKeys("", root, KEYS);
        Map<String, PolicyEntry> tiers = tiers(root.path("tiers"));
        Map<String, TenantEntry> tenants = tenants(root.path("tenants"), tiers.keySet());
        ModelCatalogue models = ModelsReader.read(mapping("models", root.path("models")), findings);
        if (base != null) {
            models = base.models().with(models);
        }
        String defaultTier = defaultTier(root.path("default_tier"), tiers.keySet());
        for (Map.Entry<String, PolicyEntry> tier : tiers.entrySet()) {
            RealModels.check("tiers." + tier.getKey(), tier.getValue(), models, prices, findings);
        }
        for (Map.Entry<String, TenantEntry> tenant : tenants.entrySet()) {
            PolicyEntry limits = tenant.getValue().limits();
            RealModels.check("tenants." + tenant.getKey(), limits, models, prices, findings);
        }
        findings.throwIfAny();
        return new PolicyDocument(defaultTier, tiers, tenants, models);
    }

    private Map<String, PolicyEntry> tiers(JsonNode given) {
        Map<String, PolicyEntry> tiers = new TreeMap<>();
        if (base != null) {
            tiers.putAll(base.tiers());
        }
        mapping("tiers", given)
                .properties()
                .forEach(
                        e -> {
                            String path = "tiers." + e.getKey();
                            if (!Names.TENANT_ID.matcher(e.getKey()).matches()) {
                                findings.say(path, nameExpected("tier's name"));
                            }
                            JsonNode value = mapping(path, e.getValue());
                            PolicyEntry own = PolicyEntry.read(path, value, Set.of(), findings);
                            PolicyEntry shipped = tiers.getOrDefault(e.getKey(), PolicyEntry.NONE);
                            tiers.put(e.getKey(), own.over(shipped));
                        });
        return tiers;
    }

    private Map<String, TenantEntry> tenants(JsonNode given, Set<String> tiers) {
        Map<String, TenantEntry> tenants = new TreeMap<>();
        mapping("tenants", given)
                .properties()
                .forEach(
                        e -> {
                            String path = "tenants." + e.getKey();
                            if (!Names.TENANT_ID.matcher(e.getKey()).matches()) {
                                findings.say(path, nameExpected("tenant id"));
                            }
                            JsonNode value = mapping(path, e.getValue());
                            JsonNode tier = value.path("tier");
                            String name =
                                    tier.isMissingNode() ? null : tier(path + ".tier", tier, tiers);
                            PolicyEntry limits =
                                    PolicyEntry.read(path, value, Set.of("tier"), findings);
                            tenants.put(e.getKey(), new TenantEntry(name, limits));
                        });
        return tenants;
    }

    private String defaultTier(JsonNode given, Set<String> tiers) {
        if (given.isMissingNode() && base != null) {
            return base.defaultTier();
        }
        return tier("default_tier", given, tiers);
    }

    private String tier(String path, JsonNode given, Set<String> tiers) {
        if (!given.isTextual() || !tiers.contains(given.textValue())) {
            findings.wrong(path, given, "one of the tiers " + String.join(", ", tiers));
        }
        return given.asText();
    }

    /** What is there and no mapping is wrong; nothing counts as an empty one. */
    private JsonNode mapping(String path, JsonNode given) {
        if (given.isObject()) {
            return given;
        }
        if (!given.isMissingNode() && !given.isNull()) {
            findings.wrong(path, given, "a mapping");
        }
        return Json.object();
    }

    private static String nameExpected(String what) {
        return "expected a " + what + " that matches " + Names.TENANT_ID.pattern();
    }

    private static Set<String> sorted() {
        return new java.util.TreeSet<>(KEYS);
    }
}
