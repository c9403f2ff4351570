package io.sluice.sinks.cloudwatch;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What samples must have in common to be sent as one statistic set. Immutable. */
final class MetricKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final LinkedHashMap<String, String> dimensions;
    private final String unit;
    private final int scale;
    private final long minuteMillis;

    MetricKey(
            String name,
            Map<String, String> dimensions,
            String unit,
            int scale,
            long minuteMillis) {
        this.name = name;
        this.dimensions = new LinkedHashMap<>(dimensions);
        this.unit = unit;
        this.scale = scale;
        this.minuteMillis = minuteMillis;
    }

    static MetricKey of(MetricSample sample) {
        return new MetricKey(
                sample.name(),
                sample.dimensions(),
                sample.unit(),
                sample.scale(),
                sample.minuteMillis());
    }

    /** The same for another tenant. */
    MetricKey withTenant(String tenantId) {
        Map<String, String> changed = new LinkedHashMap<>(dimensions);
        changed.replace(MetricSample.TENANT_ID, tenantId);
        return new MetricKey(name, changed, unit, scale, minuteMillis);
    }

    String name() {
        return name;
    }

    Map<String, String> dimensions() {
        return Collections.unmodifiableMap(dimensions);
    }

    @Nullable String tenantId() {
        return dimensions.get(MetricSample.TENANT_ID);
    }

    String unit() {
        return unit;
    }

    int scale() {
        return scale;
    }

    long minuteMillis() {
        return minuteMillis;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof MetricKey)) {
            return false;
        }
        MetricKey that = (MetricKey) other;
        return minuteMillis == that.minuteMillis
                && scale == that.scale
                && name.equals(that.name)
                && unit.equals(that.unit)
                && dimensions.equals(that.dimensions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, dimensions, unit, scale, minuteMillis);
    }

    @Override
    public String toString() {
        return name + dimensions + '@' + minuteMillis;
    }
}
