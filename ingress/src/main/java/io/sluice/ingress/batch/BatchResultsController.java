package io.sluice.ingress.batch;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.sluice.ingress.api.Batches;
import io.sluice.ingress.key.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;

/** The results of batches as a stream. Runs on event loops and never blocks them. */
@Controller("/v1/batches")
@Tag(name = "batches")
final class BatchResultsController {
    /** The media type of what is sent and of the results. */
    static final String JSON_LINES = "application/x-ndjson";

    private final BatchLookup lookup;
    private final BatchResults results;

    BatchResultsController(BatchLookup lookup, BatchResults results) {
        this.lookup = lookup;
        this.results = results;
    }

    /** The results so far. */
    @Get("/{id}/results")
    @Produces(JSON_LINES)
    @Operation(
            operationId = "readBatchResults",
            summary = "Read the results that are there, as JSON lines in the order of the batch")
    @ApiResponse(
            responseCode = "200",
            description = "One line for each request that has ended",
            content =
                    @Content(
                            mediaType = JSON_LINES,
                            schema = @Schema(implementation = Batches.Result.class)))
    CompletableFuture<MutableHttpResponse<Flux<byte[]>>> results(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String id) {
        return lookup.find(Caller.tenantOf(request).id(), id)
                .thenApply(
                        batch ->
                                HttpResponse.<Flux<byte[]>>ok()
                                        .body(results.lines(batch))
                                        .contentType(JSON_LINES)
                                        .header("Cache-Control", "no-store"));
    }
}
