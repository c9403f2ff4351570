package io.sluice.ingress.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes of a request's story. */
public final class Stories {
    private Stories() {}

    /** What became of a request, record by record. */
    @Schema(name = "Story")
    public record RequestStory(
            String requestId,
            @Nullable
                    @Schema(description = "absent for the administrator while nothing is archived")
                    String tenantId,
            @Schema(description = "whether a record of its end is archived") boolean ended,
            List<Step> steps,
            @Schema(
                            format = "date-time",
                            description = "records that arrived later were not looked for")
                    String searchedTo,
            @Nullable @Schema(description = "why there is no step yet") String detail) {}

    /** One record: what came, in plain words, what it changed, and its place in the chain. */
    @Schema(name = "StoryStep")
    public record Step(
            @Schema(description = "the record's number in the tenant's history") long seq,
            @Schema(format = "date-time", description = "when the stream took what came") String at,
            @Schema(
                            type = "string",
                            allowableValues = {"request", "outcome", "command"})
                    String kind,
            String title,
            List<String> lines,
            List<Counter> counters,
            @Schema(description = "the version that decided") String engine,
            @Schema(description = "SHA-256 of the tenant's record before it, hex") String prevHash,
            @Schema(description = "SHA-256 of the record, hex") String hash) {}

    /** A counter that moved, or the tenant's clock. */
    @Schema(name = "StoryCounter")
    public record Counter(
            String name,
            @Schema(description = "what it counts") String words,
            @Schema(description = "with its unit") String before,
            @Schema(description = "with its unit") String after) {}
}
