package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a call of a model goes: model, region, service tier. Immutable. */
public final class Target {
    private final String model;
    private final @Nullable String region;
    private final ServiceTier tier;

    private Target(String model, @Nullable String region, ServiceTier tier) {
        this.model = model;
        this.region = region;
        this.tier = tier;
    }

    /** That model, in the job's own region, under the standard tier. */
    public static Target of(String model) {
        return new Target(model, null, ServiceTier.DEFAULT);
    }

    /** These three; a null region is the job's own. */
    public static Target of(String model, @Nullable String region, ServiceTier tier) {
        return new Target(
                Objects.requireNonNull(model, "model"),
                region,
                Objects.requireNonNull(tier, "tier"));
    }

    /** The target of that {@link #key()}; throws if it is none. */
    public static Target ofKey(String key) {
        int afterRegion = key.indexOf('/');
        int beforeTier = key.lastIndexOf('/');
        if (afterRegion < 1 || beforeTier <= afterRegion + 1) {
            throw new IllegalArgumentException(
                    "target: seen '" + key + "', expected region/model/tier");
        }
        String region = key.substring(0, afterRegion);
        return new Target(
                key.substring(afterRegion + 1, beforeTier),
                region.equals(Names.NO_LABEL) ? null : region,
                ServiceTier.ofWireName(key.substring(beforeTier + 1)));
    }

    /** The same with that region if it has none. */
    public Target orIn(String ownRegion) {
        return region == null ? new Target(model, ownRegion, tier) : this;
    }

    /** Model id, inference-profile id or ARN. */
    public String model() {
        return model;
    }

    /** The region's id, such as {@code us-east-1}; null for the job's own. */
    public @Nullable String region() {
        return region;
    }

    /** How Bedrock schedules the call. */
    public ServiceTier tier() {
        return tier;
    }

    /**
     * {@code region/model/tier}, with {@code -} for the job's own region; equal for equal targets.
     */
    public String key() {
        return placeKey() + '/' + tier.wireName();
    }

    /**
     * {@code region/model}: what fails and recovers together, whatever the tier. The provider's
     * on-demand quotas are per model and region as well.
     */
    public String placeKey() {
        return (region == null ? Names.NO_LABEL : region) + '/' + model;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Target)) {
            return false;
        }
        Target that = (Target) other;
        return model.equals(that.model) && Objects.equals(region, that.region) && tier == that.tier;
    }

    @Override
    public int hashCode() {
        return Objects.hash(model, region, tier);
    }

    /** Its key. */
    @Override
    public String toString() {
        return key();
    }
}
