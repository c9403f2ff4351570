package io.sluice.ingress.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.api.Stories.RequestStory;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.query.QueryFields;
import io.sluice.ingress.requestid.RequestIds;
import io.sluice.ingress.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Tells what became of a request by the records of its decisions. */
@Controller("/v1/requests/{id}/story")
@Tag(name = "requests")
final class StoryController {
    private final Stories stories;
    private final RequestIds ids;

    StoryController(Stories stories, RequestIds ids) {
        this.stories = stories;
        this.ids = ids;
    }

    /**
     * The story of a request of the calling tenant; the administrator's key opens everybody's. Not
     * a word of a prompt or an answer is in it.
     */
    @Get
    @Operation(
            operationId = "readStory",
            summary = "Tell a request's whole story",
            description =
                    "Out of the archive of decisions, as 'bin/sluice audit show' tells it: every"
                            + " record that names the request, with counters and clock. A record is"
                            + " archived when the job's next checkpoint is complete. Looks in the"
                            + " hours around the time at which the id was made.")
    @ApiResponse(
            responseCode = "200",
            description = "The story as far as it is archived",
            content = @Content(schema = @Schema(implementation = RequestStory.class)))
    @ApiResponse(
            responseCode = "202",
            description = "No record is archived yet: a story without a step; ask again",
            content = @Content(schema = @Schema(implementation = RequestStory.class)))
    @ApiResponse(
            responseCode = "4XX",
            description =
                    "400 if no request has such an id; 401; 404 if the id was not issued to the"
                            + " tenant, or nothing of it is in the archive; 410 if it was erased",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    @ApiResponse(
            responseCode = "5XX",
            description =
                    "501 if no archive is set; 503 if it cannot be read now; 504 if it has too many"
                            + " records to look through",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> read(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String id) {
        QueryFields.of(request, Set.of());
        OptionalLong madeAt = RequestIds.madeAtMillis(id);
        if (madeAt.isEmpty()) {
            throw StoryProblems.malformed();
        }
        Caller caller = Caller.of(request);
        Tenant tenant = caller.tenant();
        if (tenant != null) {
            admit(tenant, id, madeAt.getAsLong());
        }
        return stories.of(
                        caller.name(), id, tenant == null ? null : tenant.id(), madeAt.getAsLong())
                .thenApply(StoryController::answer);
    }

    private static MutableHttpResponse<byte[]> answer(ObjectNode story) {
        return story.path("steps").isEmpty()
                ? JsonAnswer.of(HttpStatus.ACCEPTED, story).header("Retry-After", "5")
                : JsonAnswer.of(HttpStatus.OK, story);
    }

    /** Whether the archive is looked into at all: others' ids are as unknown as those of nobody. */
    private void admit(Tenant tenant, String id, long madeAtMillis) {
        if (ids.issuedAtMillis(tenant.id(), id).isEmpty()) {
            throw StoryProblems.unknown();
        }
        if (madeAtMillis < tenant.item().erasedAtMillis()) {
            throw StoryProblems.erased();
        }
    }
}
