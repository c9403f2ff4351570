package io.sluice.ingress.tenant;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;

/**
 * What a tier allows, by {@code sluice.tiers.<name>.*}.
 *
 * @param requestsPerMinute admitted in any 60 s; -1 for no limit
 * @param requestsPerDay admitted per UTC day; -1 for no limit
 * @param maxConcurrent calls that may run at once, at least 1
 * @param cacheTtlMillis how long an answer may be served again; 0 for never
 */
@EachProperty("sluice.tiers")
public record TierSettings(
        @Parameter String name,
        long requestsPerMinute,
        long requestsPerDay,
        int maxConcurrent,
        long cacheTtlMillis) {}
