package io.sluice.ingress.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shapes around dead letters. */
public final class DeadLetters {
    private DeadLetters() {}

    /** What could not be processed, and why. */
    @Schema(name = "DeadLetter")
    public record Letter(
            String id,
            @Schema(
                            type = "string",
                            allowableValues = {"open", "redriven"})
                    String status,
            @Schema(description = "'-' if the record lay under no tenant's key") String tenantId,
            @Schema(
                            type = "string",
                            allowableValues = {
                                "malformed-event",
                                "exhausted",
                                "ambiguous",
                                "payload-lost"
                            })
                    String reason,
            @Schema(description = "what was seen; no part of a prompt or an answer") String detail,
            @Nullable @Schema(description = "null if the record could not be read")
                    String requestId,
            @Schema(description = "calls of a model that were made") int attempts,
            @Nullable @Schema(description = "class and code of the last failed call")
                    String lastError,
            @Nullable String stream,
            @Nullable String shardId,
            @Nullable String sequenceNumber,
            String partitionKey,
            @Schema(format = "date-time") String arrivedAt,
            @Schema(format = "date-time", description = "when it failed for good") String diedAt,
            @Schema(format = "date-time", description = "when it is forgotten") String expiresAt,
            int recordBytes,
            @Nullable
                    @Schema(
                            description =
                                    "the request or other event that it is now; of an open letter,"
                                            + " what a redrive began that is not known to be stored")
                    String redrivenAs,
            @Nullable @Schema(format = "date-time") String redrivenAt,
            @Nullable @Schema(format = "byte", description = "only if it was asked for")
                    String record) {}

    /** A page of a listing. */
    @Schema(name = "DeadLetterPage")
    public record LetterPage(List<Letter> deadLetters, @Nullable String nextCursor) {}

    /** How many letters there are. */
    @Schema(name = "DeadLetterCounts")
    public record LetterCounts(
            @Schema(format = "date-time") String from,
            @Schema(format = "date-time") String to,
            int letters,
            @Schema(description = "of them, not known to be redriven") int open,
            Map<String, Integer> openByReason,
            @Schema(description = "false if there are more than were counted") boolean complete) {}

    /** A letter that was redriven. */
    @Schema(name = "RedrivenLetter")
    public record Redriven(
            String id,
            @Schema(
                            type = "string",
                            allowableValues = {"redriven"})
                    String status,
            @Schema(description = "the request or other event that it is now") String redrivenAs,
            @Schema(format = "date-time", description = "when that began") String redrivenAt,
            @Schema(description = "whether it was redriven before") boolean repeated) {}
}
