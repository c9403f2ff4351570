package io.sluice.ingress.letter;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.DeadLetters;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.query.Paged;
import io.sluice.ingress.query.QueryFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What could not be processed. Needs the administrator's key. */
@Controller("/v1/admin/dead-letters")
@Tag(name = "administration")
final class DeadLettersController {
    private final LetterListing listing;
    private final LetterCounts counts;
    private final Redrive redrive;

    DeadLettersController(LetterListing listing, LetterCounts counts, Redrive redrive) {
        this.listing = listing;
        this.counts = counts;
        this.redrive = redrive;
    }

    /** Letters of all tenants, newest first. */
    @Get
    @Operation(operationId = "listDeadLetters", summary = "List dead letters, newest first")
    @Parameter(
            name = "tenant",
            in = ParameterIn.QUERY,
            description = "only this tenant's; '-' for records under no tenant's key",
            schema = @Schema(implementation = String.class))
    @Parameter(
            name = "reason",
            in = ParameterIn.QUERY,
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {
                                "malformed-event",
                                "exhausted",
                                "ambiguous",
                                "payload-lost"
                            }))
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"open", "redriven"}))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "a time or a date; by the time of the failure",
            schema = @Schema(implementation = String.class))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Paged
    @ApiResponse(
            responseCode = "200",
            description = "A page; with a filter it may be short or empty and still have a cursor",
            content = @Content(schema = @Schema(implementation = DeadLetters.LetterPage.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> list(
            @Parameter(hidden = true) HttpRequest<?> request) {
        return listing.list(request).thenApply(page -> JsonAnswer.of(HttpStatus.OK, page));
    }

    /** How many there are, and how many of them are open. */
    @Get("/counts")
    @Operation(operationId = "countDeadLetters", summary = "Count dead letters of the last day")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "24 hours ago if left out",
            schema = @Schema(implementation = String.class))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @ApiResponse(
            responseCode = "200",
            description = "The counts",
            content = @Content(schema = @Schema(implementation = DeadLetters.LetterCounts.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> count(
            @Parameter(hidden = true) HttpRequest<?> request) {
        return counts.count(request).thenApply(view -> JsonAnswer.of(HttpStatus.OK, view));
    }

    /** One letter; its record only when it is asked for. */
    @Get("/{id}")
    @Operation(
            operationId = "readDeadLetter",
            summary = "Read a dead letter",
            description =
                    "With 'record=true' it brings the record as it lay on the stream, Base64; that"
                            + " may hold a prompt.")
    @Parameter(
            name = "record",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = Boolean.class))
    @ApiResponse(
            responseCode = "200",
            description = "The letter",
            content = @Content(schema = @Schema(implementation = DeadLetters.Letter.class)))
    @ApiResponse(
            responseCode = "404",
            description = "There is none of this id",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> read(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String id) {
        Boolean record =
                QueryFields.of(request, Set.of("record"))
                        .word("record", DeadLettersController::flag);
        if (!Boolean.TRUE.equals(record)) {
            return redrive.letter(id)
                    .thenApply(item -> JsonAnswer.of(HttpStatus.OK, LetterView.of(item)));
        }
        return redrive.letter(id)
                .thenCompose(
                        item -> redrive.record(item).thenApply(bytes -> LetterView.of(item, bytes)))
                .thenApply(view -> JsonAnswer.of(HttpStatus.OK, view));
    }

    /** Sends a letter's record in again; a repetition answers what the first answered. */
    @Post("/{id}/redrive")
    @Operation(
            operationId = "redriveDeadLetter",
            summary = "Redrive a dead letter",
            description =
                    "A request is sent in again under a new id, by the tenant's policy of now. A"
                            + " record that was malformed is sent in as it is, if it can be read"
                            + " now. Repeating the call sends nothing twice.")
    @ApiResponse(
            responseCode = "202",
            description = "Stored, now or before",
            content = @Content(schema = @Schema(implementation = DeadLetters.Redriven.class)))
    @ApiResponse(
            responseCode = "4XX",
            description =
                    "404 if there is none of this id, 409 if its tenant is gone or suspended or if"
                            + " an earlier redrive may still be on the stream, 422 if the"
                            + " record still cannot be processed",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> redrive(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String id) {
        QueryFields.of(request, Set.of());
        return redrive.redrive(id)
                .thenApply(done -> JsonAnswer.of(HttpStatus.ACCEPTED, LetterView.redriven(done)));
    }

    private static Boolean flag(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "seen '" + word + "', expected true or false");
        };
    }
}
