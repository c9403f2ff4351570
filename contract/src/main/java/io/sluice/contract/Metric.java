package io.sluice.contract;

import java.util.List;

/**
 * Every metric the job publishes to CloudWatch: name, unit, dimensions in the order in which they
 * are sent, and what one sample of it is. The one table; dashboards, alarms and the README name
 * what is in it and nothing else.
 *
 * <p>CloudWatch rolls nothing up, so what an alarm watches has a metric of few dimensions. Of
 * metrics that name a tenant, a bounded number of tenants a minute is kept apart and the rest is
 * {@code OTHER}. Units: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html">
 * MetricDatum</a>, read 2026-11-27.
 */
public enum Metric {
    /** One request, when it is decided. */
    REQUESTS("RequestsPerTenant", "Count", 0, "TenantId", "Endpoint"),
    /** What one call cost, USD. */
    COST("LLMCost", "None", 12, "Model", "TenantId"),
    /** One rejected request, by the limit that refused it. */
    REJECTIONS("Rejections", "Count", 0, "Reason", "TenantId"),
    /** One request answered from the tenant's cache. */
    CACHE_HITS("CacheHits", "Count", 0, "TenantId"),
    /** The tokens of one call, by kind: input, output, cache-read, cache-write. */
    TOKENS("Tokens", "Count", 0, "Kind", "TenantId"),
    /** From the start of a call that was answered to its end. */
    LATENCY("ModelLatency", "Milliseconds", 0, "Model"),
    /** One request that ended without an answer though it was admitted. */
    ERRORS("InvocationErrors", "Count", 0, "Model", "Reason"),
    /** One request for a model that has no price. */
    UNPRICED("UnpricedRequests", "Count", 0, "Model"),
    /** 1 for a rejected request, 0 for another: the average is the share. */
    REJECTED_SHARE("RejectedShare", "None", 0, "Tier"),
    /** 1 for a request that failed by no fault of its client, 0 for an answered one. */
    FAILED_SHARE("FailedShare", "None", 0, "Tier"),
    /** 1 for an answer that took longer than its tier's objective, 0 for another. */
    SLOW_SHARE("SlowShare", "None", 0, "Tier"),
    /** How old records are when the job reads them, one sample a second and reader. */
    STREAM_LAG("StreamLag", "Milliseconds", 0, "Stream"),
    /** One circuit of a model in a region that opened, in one of the job's subtasks. */
    CIRCUITS_OPENED("CircuitsOpened", "Count", 0, "Target"),
    /** One alert, by its kind. */
    ALERTS("Alerts", "Count", 0, "Kind"),
    /** One alert about a tenant. */
    TENANT_ALERTS("TenantAlerts", "Count", 0, "Kind", "TenantId");

    private final String wireName;
    private final String unit;
    private final int decimals;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> dimensions;

    Metric(String wireName, String unit, int decimals, String... dimensions) {
        this.wireName = wireName;
        this.unit = unit;
        this.decimals = decimals;
        this.dimensions = List.of(dimensions);
    }

    /** The name in CloudWatch. */
    public String wireName() {
        return wireName;
    }

    /** CloudWatch's unit. */
    public String unit() {
        return unit;
    }

    /** Decimal places of a sample's whole number: 12 for money, 0 for what is counted. */
    public int decimals() {
        return decimals;
    }

    /** Names of its dimensions, in the order in which they are sent. */
    public List<String> dimensions() {
        return dimensions;
    }
}
