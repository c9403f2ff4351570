package io.sluice.ingress.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes around conversations. */
public final class Sessions {
    private Sessions() {}

    /** One kept turn. */
    @Schema(name = "SessionTurn", description = "what the user said and what the model answered")
    public record SessionTurn(List<Requests.Message> messages) {}

    /** A conversation. */
    @Schema(name = "Session")
    public record Session(
            String session,
            @Nullable String userId,
            @Schema(description = "oldest first") List<SessionTurn> turns,
            @Schema(description = "true if older turns are kept but did not fit into the answer")
                    boolean truncated,
            @Schema(format = "date-time", description = "when it was last answered")
                    String updatedAt,
            @Schema(format = "date-time", description = "when it is over if nothing is added")
                    String expiresAt) {}

    /** A conversation in a listing. */
    @Schema(name = "SessionEntry")
    public record SessionEntry(
            String session,
            @Nullable String userId,
            @Schema(description = "how many are kept") int turns,
            @Schema(format = "date-time") String updatedAt) {}

    /** A page of a listing. */
    @Schema(name = "SessionPage")
    public record SessionPage(List<SessionEntry> sessions, @Nullable String nextCursor) {}

    /** A conversation that is going. */
    @Schema(name = "SessionDeletion")
    public record SessionDeletion(
            String session,
            @Nullable String userId,
            @Schema(
                            type = "string",
                            allowableValues = {"deleting"})
                    String status) {}
}
