package io.sluice.ingress.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Shapes around batches. */
public final class Batches {
    private Batches() {}

    /** One line of a batch: a submission with a name of the client's. */
    @Schema(
            name = "BatchLine",
            allOf = Requests.Submission.class,
            description = "priority may only be low")
    public record Line(
            @Nullable
                    @Schema(
                            name = "custom_id",
                            minLength = 1,
                            maxLength = 64,
                            description = "unique in the batch")
                    String customId) {}

    /** How many requests are in which state. */
    @Schema(name = "BatchCounts")
    public record Counts(
            int queued, int succeeded, int rejected, int failed, int cancelled, int expired) {}

    /** A batch and how far it is. */
    @Schema(name = "Batch")
    public record Batch(
            String id,
            @Schema(
                            type = "string",
                            allowableValues = {"storing", "running", "ended"})
                    String status,
            boolean cancelling,
            @Schema(format = "date-time") String receivedAt,
            int total,
            int done,
            Counts counts,
            @Schema(description = "where its results are") String results) {}

    /** One line of the results. */
    @Schema(name = "BatchResult")
    public record Result(@Nullable String customId, String id, Requests.Item item) {}
}
