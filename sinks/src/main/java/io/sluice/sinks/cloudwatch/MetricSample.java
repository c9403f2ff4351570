package io.sluice.sinks.cloudwatch;

import io.sluice.contract.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value of one metric. The value is an integer with a decimal scale, so that money stays exact
 * until the request is written: {@code value * 10^-scale} in the metric's unit. Immutable.
 */
public final class MetricSample {
    /** The dimension whose values are capped. */
    public static final String TENANT_ID = "TenantId";

    private static final long MINUTE_MILLIS = 60_000;

    private final String name;
    private final Map<String, String> dimensions;
    private final String unit;
    private final long minuteMillis;
    private final long value;
    private final int scale;

    /**
     * @param name the metric's name
     * @param dimensions names and values in the order in which they are sent
     * @param unit CloudWatch's unit, such as {@code Count} or {@code None}
     * @param atMillis when, epoch milliseconds; only its minute is kept
     * @param value the value, times 10^scale
     * @param scale decimal places, 0 or more
     */
    public MetricSample(
            String name,
            Map<String, String> dimensions,
            String unit,
            long atMillis,
            long value,
            int scale) {
        this.name = name;
        this.dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
        this.unit = unit;
        this.minuteMillis = Math.floorDiv(atMillis, MINUTE_MILLIS) * MINUTE_MILLIS;
        this.value = value;
        this.scale = scale;
    }

    /**
     * One value of a metric of the table.
     *
     * @param value the value, times 10 to the metric's decimals
     * @param dimensions their values, in the order of the metric's dimensions
     */
    public static MetricSample of(Metric metric, long atMillis, long value, String... dimensions) {
        if (dimensions.length != metric.dimensions().size()) {
            throw new IllegalArgumentException(
                    metric.wireName()
                            + ": seen "
                            + dimensions.length
                            + " dimensions, expected "
                            + metric.dimensions());
        }
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < dimensions.length; i++) {
            named.put(metric.dimensions().get(i), dimensions[i]);
        }
        return new MetricSample(
                metric.wireName(), named, metric.unit(), atMillis, value, metric.decimals());
    }

    /** One request of a tenant: {@code RequestsPerTenant}. */
    public static MetricSample request(String tenantId, String endpoint, long atMillis) {
        return of(Metric.REQUESTS, atMillis, 1, tenantId, endpoint);
    }

    /** The cost of one call, 10^-12 USD, sent in USD: {@code LLMCost}. */
    public static MetricSample cost(
            String tenantId, String model, long atMillis, long costPicoUsd) {
        return of(Metric.COST, atMillis, costPicoUsd, model, tenantId);
    }

    /** The metric's name. */
    public String name() {
        return name;
    }

    /** Dimension values by name, in the order in which they are sent. */
    public Map<String, String> dimensions() {
        return dimensions;
    }

    /** The tenant it is about; null if it is about none. */
    public @Nullable String tenantId() {
        return dimensions.get(TENANT_ID);
    }

    /** CloudWatch's unit. */
    public String unit() {
        return unit;
    }

    /** The start of its minute, epoch milliseconds. */
    public long minuteMillis() {
        return minuteMillis;
    }

    /** The value, times 10^scale. */
    public long value() {
        return value;
    }

    /** Decimal places of the value. */
    public int scale() {
        return scale;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof MetricSample)) {
            return false;
        }
        MetricSample that = (MetricSample) other;
        return name.equals(that.name)
                && dimensions.equals(that.dimensions)
                && unit.equals(that.unit)
                && minuteMillis == that.minuteMillis
                && value == that.value
                && scale == that.scale;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, dimensions, unit, minuteMillis, value, scale);
    }

    @Override
    public String toString() {
        return name + dimensions + '@' + minuteMillis + '=' + value + "e-" + scale + ' ' + unit;
    }
}
