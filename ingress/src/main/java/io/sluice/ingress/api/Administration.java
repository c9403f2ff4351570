package io.sluice.ingress.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shapes around tenants, keys and usage. */
public final class Administration {
    private Administration() {}

    /** Limits that differ from the tier's; -1 is no limit. */
    @Schema(name = "Overrides")
    public record Overrides(
            @Nullable Long requestsPerMinute,
            @Nullable Long requestsPerDay,
            @Nullable Long maxConcurrent,
            @Nullable Long cacheTtlMs) {}

    /** A tenant to be made. */
    @Schema(
            name = "NewTenant",
            requiredProperties = {"tenant_id", "tier"})
    public record NewTenant(
            String tenantId,
            String tier,
            @Nullable Overrides overrides,
            @Nullable Boolean suspended) {}

    /** What a tenant is to become; what is left out is the tier's. */
    @Schema(
            name = "TenantChange",
            requiredProperties = {"tier"})
    public record TenantChange(
            String tier, @Nullable Overrides overrides, @Nullable Boolean suspended) {}

    /** A tenant that was made; the key is shown this once. */
    @Schema(name = "CreatedTenant")
    public record CreatedTenant(String tenantId, String tier, int policyVersion, String apiKey) {}

    /** A tenant, and the limits in force. */
    @Schema(name = "Tenant")
    public record Tenant(
            String tenantId,
            String tier,
            int policyVersion,
            boolean suspended,
            @Schema(format = "date-time") String createdAt,
            Overrides overrides,
            Overrides limits) {}

    /** All tenants. */
    @Schema(name = "TenantList")
    public record TenantList(List<Tenant> tenants) {}

    /** A key to be made. */
    @Schema(
            name = "NewKey",
            requiredProperties = {"label"})
    public record NewKey(String label, @Nullable @Schema(format = "date-time") String expiresAt) {}

    /** A key, without its secret. */
    @Schema(name = "Key")
    public record Key(
            String keyId,
            String label,
            @Schema(format = "date-time") String createdAt,
            @Nullable @Schema(format = "date-time") String expiresAt) {}

    /** A key that was made; it is shown this once. */
    @Schema(name = "CreatedKey")
    public record CreatedKey(
            String keyId,
            String label,
            @Schema(format = "date-time") String createdAt,
            @Nullable @Schema(format = "date-time") String expiresAt,
            String apiKey) {}

    /** All keys of a tenant. */
    @Schema(name = "KeyList")
    public record KeyList(List<Key> keys) {}

    /** Counts of one window, or of all; labels are there if grouped by. */
    @Schema(name = "UsageRow")
    public record UsageRow(
            @Nullable @Schema(format = "date-time") String windowStart,
            @Nullable String tenantId,
            @Nullable String model,
            @Nullable String endpoint,
            @Nullable String agentId,
            @Nullable String costCenter,
            long requests,
            long admitted,
            long rejected,
            long cacheHits,
            long coalesced,
            long failed,
            long inputTokens,
            long outputTokens,
            long cacheReadTokens,
            long cacheWriteTokens,
            @Schema(description = "exact decimal string") String costUsd) {}

    /** What was used. */
    @Schema(name = "UsageReport")
    public record UsageReport(
            @Schema(format = "date-time") String from,
            @Schema(format = "date-time") String to,
            @Schema(
                            type = "string",
                            allowableValues = {"minute", "hour", "day", "month"})
                    String granularity,
            List<UsageRow> rows,
            UsageRow totals,
            @Nullable List<UsageRow> tenants) {}

    /** Whether the process can work, and each part it needs. */
    @Schema(name = "Health")
    public record Health(
            @Schema(
                            type = "string",
                            allowableValues = {"UP", "DOWN"})
                    String status,
            @Nullable Map<String, String> parts) {}
}
