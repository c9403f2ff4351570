package io.sluice.ingress.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shapes around requests. */
public final class Requests {
    private Requests() {}

    /** One turn of the conversation. */
    @Schema(name = "Message")
    public record Message(
            @Schema(
                            type = "string",
                            allowableValues = {"user", "assistant"})
                    String role,
            @Schema(description = "text, or a list of content blocks as in Bedrock Converse")
                    Object content) {}

    /** A tool the model may call. */
    @Schema(name = "Tool")
    public record Tool(
            String name, @Nullable String description, Map<String, Object> inputSchema) {}

    /** What is submitted; only model and messages are required. */
    @Schema(
            name = "Submission",
            requiredProperties = {"model", "messages"})
    public record Submission(
            String model,
            List<Message> messages,
            @Nullable @Schema(description = "text, or a list of text blocks") Object system,
            @Nullable @Schema(minimum = "1", maximum = "200000", defaultValue = "1024")
                    Long maxTokens,
            @Nullable @Schema(type = "number", minimum = "0", maximum = "1") Object temperature,
            @Nullable @Schema(type = "number", minimum = "0", maximum = "1") Object topP,
            @Nullable List<String> stop,
            @Nullable List<Tool> tools,
            @Nullable @Schema(description = "auto, any, or an object with the name of a tool")
                    Object toolChoice,
            @Nullable Map<String, Object> responseFormat,
            @Nullable
                    @Schema(
                            type = "string",
                            allowableValues = {"high", "normal", "low"})
                    String priority,
            @Nullable @Schema(minimum = "1", maximum = "600000", defaultValue = "60000")
                    Long deadlineMs,
            @Nullable String endpoint,
            @Nullable String agentId,
            @Nullable String task,
            @Nullable String session,
            @Nullable String userId,
            @Nullable
                    @Schema(
                            type = "string",
                            allowableValues = {"default", "bypass", "refresh"})
                    String cache,
            @Nullable Map<String, String> metadata) {}

    /** State of one limit after a decision. */
    @Schema(name = "Limit")
    public record Limit(
            String name,
            @Schema(
                            oneOf = {Long.class, String.class},
                            description = "a count; of a budget, an exact decimal string in USD")
                    Object limit,
            @Schema(
                            oneOf = {Long.class, String.class},
                            description = "as limit")
                    Object remaining,
            @Nullable
                    @Schema(
                            type = "integer",
                            format = "int64",
                            description = "absent if it depends on when calls end")
                    Long resetMs,
            @Nullable
                    @Schema(
                            oneOf = {Long.class, String.class},
                            description = "as limit; how far settled calls went beyond")
                    Object debt) {}

    /** What was decided, and why. */
    @Schema(name = "Decision")
    public record Decision(
            @Schema(
                            type = "string",
                            allowableValues = {"invoked", "cache_hit", "coalesced", "rejected"})
                    String outcome,
            @Nullable String reason,
            @Nullable Long retryAfterMs,
            List<Limit> limits,
            @Nullable
                    @Schema(description = "limits that would have refused it but are not enforced")
                    List<String> shadow,
            @Nullable @Schema(description = "budgets that are spent but only warn or downgrade")
                    List<String> warnings,
            @Nullable @Schema(description = "the cheaper model that was called instead")
                    String downgradedTo,
            @Nullable @Schema(description = "true if the model has no price") Boolean unpriced,
            int policyVersion,
            @Schema(format = "date-time") String decidedAt,
            long seq) {}

    /** The answer of the model. */
    @Schema(name = "Output")
    public record Output(String text, String stopReason) {}

    /** Tokens that a call consumed. */
    @Schema(name = "Tokens")
    public record Tokens(
            long inputTokens,
            long outputTokens,
            long cacheReadTokens,
            long cacheWriteTokens,
            @Nullable
                    @Schema(
                            name = "cache_write_1h_tokens",
                            description =
                                    "those of cache_write_tokens that were written for an hour;"
                                            + " left out if none were")
                    Long cacheWrite1hTokens,
            @Nullable @Schema(description = "true if the provider gave no counts; else left out")
                    Boolean estimated) {}

    /**
     * A request and what became of it; while it is queued or running, only the first and
     * received_at.
     */
    @Schema(
            name = "Item",
            requiredProperties = {"id", "status", "received_at"})
    public record Item(
            String id,
            @Schema(
                            type = "string",
                            allowableValues = {
                                "queued",
                                "running",
                                "succeeded",
                                "rejected",
                                "failed",
                                "cancelled"
                            })
                    String status,
            @Nullable Decision decision,
            @Nullable Output output,
            @Nullable Tokens usage,
            @Nullable
                    @Schema(
                            description =
                                    "true if the model may have answered an earlier attempt too;"
                                            + " the request is billed once")
                    Boolean possibleDuplicate,
            @Nullable @Schema(description = "exact decimal string") String costUsd,
            @Nullable String priceVersion,
            @Nullable String model,
            @Nullable Long latencyMs,
            @Schema(format = "date-time") String receivedAt,
            @Nullable @Schema(format = "date-time") String finishedAt) {}

    /** A page of a listing. */
    @Schema(name = "ItemPage")
    public record ItemPage(List<Item> requests, @Nullable String nextCursor) {}

    /** An error (RFC 9457). */
    @Schema(name = "Problem")
    public record Problem(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            @Nullable @Schema(name = "violated-policies") List<String> violatedPolicies,
            @Nullable Item request,
            @Nullable @Schema(description = "of a batch: what is wrong, line by line")
                    List<LineError> errors,
            @Schema(description = "the batch, if some of it may be stored")
                    Batches.@Nullable Batch batch) {}

    /** What is wrong with one line of a batch. */
    @Schema(name = "LineError")
    public record LineError(int line, String detail) {}
}
