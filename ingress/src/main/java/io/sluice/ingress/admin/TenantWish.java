package io.sluice.ingress.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.TenantItem;
import io.sluice.ingress.body.BodyFields;
import io.sluice.ingress.tenant.LimitOverride;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an administrator wants a tenant to be: {@code {"tier","overrides":{…},"suspended"}}. What is
 * left out is the tier's, and not suspended.
 *
 * @param tier one of the configured tiers
 * @param overrides by {@link LimitOverride#wireName()}
 * @param suspended whether every request is refused
 */
record TenantWish(String tier, Map<String, Long> overrides, boolean suspended) {
    static TenantWish read(BodyFields body, Set<String> tiers) {
        String tier = body.text("tier", 64);
        if (!tiers.contains(tier)) {
            throw body.wrong("tier", "expected one of " + String.join(", ", tiers));
        }
        return new TenantWish(tier, overrides(body), body.flag("suspended"));
    }

    private static Map<String, Long> overrides(BodyFields body) {
        Map<String, Long> overrides = new TreeMap<>();
        JsonNode given = body.optional("overrides");
        if (given != null) {
            BodyFields fields =
                    BodyFields.of("overrides", given)
                            .only(
                                    Arrays.stream(LimitOverride.values())
                                            .map(LimitOverride::wireName)
                                            .collect(Collectors.toSet()));
            for (LimitOverride limit : LimitOverride.values()) {
                if (fields.has(limit.wireName())) {
                    overrides.put(
                            limit.wireName(),
                            fields.number(limit.wireName(), limit.least(), limit.most(), 0));
                }
            }
        }
        return overrides;
    }

    TenantItem.Builder applyTo(TenantItem.Builder tenant) {
        return tenant.tier(tier).overrides(overrides).suspended(suspended);
    }
}
