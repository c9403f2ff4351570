package io.sluice.ingress.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shapes around tenants, keys and usage. */
public final class Administration {
    private Administration() {}

    /** A whole number, or the word for no limit. */
    private static final String COUNT = "a whole number, or 'unlimited'";

    private static final String BUDGET =
            "an amount in USD, which blocks; 'unlimited'; or limit, action (block, warn,"
                    + " downgrade) and downgrade_to";

    /** Limits, by the keys of the policy; what is left out of overrides is the policy's. */
    @Schema(name = "Limits")
    public record Limits(
            @Nullable @Schema(description = COUNT) Object requestsPerMinute,
            @Nullable @Schema(description = COUNT) Object requestsPerDay,
            @Nullable @Schema(description = COUNT) Object tokensPerMinute,
            @Nullable @Schema(description = COUNT) Object maxConcurrent,
            @Nullable @Schema(description = COUNT) Object maxPending,
            @Nullable @Schema(minimum = "1", maximum = "1000") Long weight,
            @Nullable @Schema(description = BUDGET) Object budgetPerDayUsd,
            @Nullable @Schema(description = BUDGET) Object budgetPerMonthUsd,
            @Nullable @Schema(description = "a whole number, or default and ceiling")
                    Object maxTokens,
            @Nullable
                    @Schema(
                            description =
                                    "'off', or llm_ttl_seconds, agent_ttl_seconds,"
                                            + " session_ttl_seconds, sampled, session_turns,"
                                            + " session_tokens")
                    Object cache,
            @Nullable
                    @Schema(
                            type = "string",
                            allowableValues = {"high", "normal", "low"})
                    String priority,
            @Nullable @Schema(description = "a list of model ids or aliases, or 'all'")
                    Object allowedModels,
            @Nullable
                    @Schema(
                            type = "string",
                            allowableValues = {"pooled", "silo", "database"})
                    String isolation,
            @Nullable
                    @Schema(
                            type = "string",
                            allowableValues = {"retry", "fail"},
                            description = "of a call that a run which died may have made")
                    String ambiguous,
            @Nullable @Schema(description = "true, false, or a list of keys of limits")
                    Object shadow) {}

    /** A tenant to be made. */
    @Schema(
            name = "NewTenant",
            requiredProperties = {"tenant_id"})
    public record NewTenant(
            String tenantId,
            @Nullable @Schema(description = "if left out, what the policy says of the tenant")
                    String tier,
            @Nullable Limits overrides,
            @Nullable Boolean suspended) {}

    /** What a tenant is to become; what is left out is the policy's. */
    @Schema(name = "TenantChange")
    public record TenantChange(
            @Nullable String tier, @Nullable Limits overrides, @Nullable Boolean suspended) {}

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
            @Schema(
                            type = "string",
                            description = "where its rows lie; changed by a move alone",
                            allowableValues = {"pooled", "silo", "database"})
                    String isolation,
            @Nullable @Schema(description = "during a move: where rows may lie besides")
                    String alsoIn,
            Limits overrides,
            @Nullable String policyHash,
            @Nullable String priceVersion,
            @Nullable Limits limits) {}

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
            @Schema(description = "exact decimal string") String costUsd,
            @Nullable
                    @Schema(
                            description =
                                    "exact decimal string; what the provider is paid, failed and"
                                            + " repeated calls included; for administrators")
                    String providerCostUsd,
            @Nullable
                    @Schema(
                            description =
                                    "what it may be paid besides, for calls whose end nobody knows;"
                                            + " an estimate, for administrators")
                    String estimatedCostUsd) {}

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
