package io.sluice.ingress.tenant;

import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.canonical.Sha256;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes effective policies: the tier's limits, and the administrator's overrides over them. */
@Singleton
public final class Policies {
    private static final Logger LOG = LoggerFactory.getLogger(Policies.class);

    private final Map<String, TierSettings> tiers = new TreeMap<>();
    private final String priceVersion;

    /** With the tiers that are configured and the price book that tenants are billed by. */
    public Policies(Collection<TierSettings> tiers, PriceBook prices) {
        tiers.forEach(tier -> this.tiers.put(tier.name(), tier));
        this.priceVersion = prices.version();
        LOG.info("tiers: {}, prices: {}", this.tiers.values(), priceVersion);
    }

    /** The names of all tiers. */
    public SortedSet<String> tierNames() {
        return new TreeSet<>(tiers.keySet());
    }

    /** The policy in force for a tenant; empty if its tier is not configured. */
    public Optional<EffectivePolicy> policyOf(TenantItem tenant) {
        return Optional.ofNullable(tiers.get(tenant.tier())).map(tier -> policy(tier, tenant));
    }

    private EffectivePolicy policy(TierSettings tier, TenantItem tenant) {
        EffectivePolicy policy =
                EffectivePolicy.builder()
                        .version(tenant.policyVersion())
                        .hash("")
                        .tier(tier.name())
                        .requestsPerMinute(
                                value(
                                        tenant,
                                        LimitOverride.REQUESTS_PER_MINUTE,
                                        tier.requestsPerMinute()))
                        .requestsPerDay(
                                value(
                                        tenant,
                                        LimitOverride.REQUESTS_PER_DAY,
                                        tier.requestsPerDay()))
                        .maxConcurrent(
                                Math.toIntExact(
                                        value(
                                                tenant,
                                                LimitOverride.MAX_CONCURRENT,
                                                tier.maxConcurrent())))
                        .cache(
                                CacheRules.SHIPPED.withLlmTtlMillis(
                                        value(
                                                tenant,
                                                LimitOverride.CACHE_TTL_MS,
                                                tier.cacheTtlMillis())))
                        .priceVersion(priceVersion)
                        .build();
        return policy.toBuilder().hash(hash(policy)).build();
    }

    private static long value(TenantItem tenant, LimitOverride limit, long otherwise) {
        return tenant.overrides().getOrDefault(limit.wireName(), otherwise);
    }

    /** Over every value but the version, in this order. */
    private static String hash(EffectivePolicy policy) {
        return Sha256.hex(
                Json.bytes(
                        Json.object()
                                .put("tier", policy.tier())
                                .put("requests_per_minute", policy.requestsPerMinute())
                                .put("requests_per_day", policy.requestsPerDay())
                                .put("max_concurrent", policy.maxConcurrent())
                                .put("cache_ttl_millis", policy.cache().llmTtlMillis())
                                .put("price_version", policy.priceVersion())));
    }
}
