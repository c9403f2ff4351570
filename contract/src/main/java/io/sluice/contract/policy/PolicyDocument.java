package io.sluice.contract.policy;

import io.sluice.contract.PriceBook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole policy: tiers, tenants, models. Immutable. What a file leaves out is as shipped: it adds
 * tiers, and changes single limits of the shipped ones.
 */
public final class PolicyDocument {
    private static final String SHIPPED = "/io/sluice/contract/policy.yaml";

    private final String defaultTier;
    private final Map<String, PolicyEntry> tiers;
    private final Map<String, TenantEntry> tenants;
    private final ModelCatalogue models;

    PolicyDocument(
            String defaultTier,
            Map<String, PolicyEntry> tiers,
            Map<String, TenantEntry> tenants,
            ModelCatalogue models) {
        this.defaultTier = defaultTier;
        this.tiers = Collections.unmodifiableMap(new TreeMap<>(tiers));
        this.tenants = Collections.unmodifiableMap(new TreeMap<>(tenants));
        this.models = models;
    }

    /** The policy that ships with this build. */
    public static PolicyDocument shipped(PriceBook prices) {
        try (InputStream in = PolicyDocument.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing from the build");
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new PolicyReader(null, prices).read(yaml);
        } catch (IOException e) {
            throw new IllegalStateException(SHIPPED + " cannot be read", e);
        }
    }

    /**
     * The policy of a YAML document, over the shipped one. Models are known by the document or by
     * the price book.
     *
     * @throws InvalidPolicyException if it is none, with everything that is wrong
     */
    public static PolicyDocument read(String yaml, PriceBook prices) {
        return new PolicyReader(shipped(prices), prices).read(yaml);
    }

    /** The tier of tenants that have none. */
    public String defaultTier() {
        return defaultTier;
    }

    /** The names of all tiers, in alphabetical order. */
    public Set<String> tierNames() {
        return tiers.keySet();
    }

    /** The tenants with an entry of their own, in alphabetical order. */
    public Set<String> tenantIds() {
        return tenants.keySet();
    }

    /** The tier of a tenant that no administrator gave one: its entry's, else the default one. */
    public String tierOf(String tenantId) {
        String own = entry(tenantId).tier();
        return own == null ? defaultTier : own;
    }

    /** Aliases and models with settings. */
    public ModelCatalogue models() {
        return models;
    }

    /**
     * The policy of a tenant: an administrator's overrides go before its entry here, that before
     * its tier, that before the defaults. Empty if there is no such tier.
     *
     * @param tier as an administrator set it; null for {@link #tierOf}
     * @param version of the effective policy, per tenant
     */
    public Optional<ResolvedPolicy> policyOf(
            String tenantId,
            @Nullable String tier,
            PolicyEntry overrides,
            String priceVersion,
            int version) {
        String name = tier == null ? tierOf(tenantId) : tier;
        PolicyEntry ofTier = tiers.get(name);
        if (ofTier == null) {
            return Optional.empty();
        }
        PolicyEntry limits =
                overrides.over(entry(tenantId).limits()).over(ofTier).over(Defaults.LIMITS);
        return Optional.of(
                ResolvedPolicy.of(
                        name,
                        RealModels.in(limits, models),
                        models.routes(),
                        priceVersion,
                        version));
    }

    /**
     * Checks that the models which an administrator's overrides name are known.
     *
     * @throws InvalidPolicyException if one is not
     */
    public void checkModels(PolicyEntry overrides, PriceBook prices) {
        Findings findings = new Findings();
        RealModels.check("overrides", overrides, models, prices, findings);
        findings.throwIfAny();
    }

    private TenantEntry entry(String tenantId) {
        return tenants.getOrDefault(tenantId, TenantEntry.NONE);
    }

    Map<String, PolicyEntry> tiers() {
        return tiers;
    }

    Map<String, TenantEntry> tenants() {
        return tenants;
    }
}
