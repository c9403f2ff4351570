package io.sluice.ingress.batch;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Batches;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.idempotency.IdempotencyKey;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.submit.Intake;
import io.sluice.ingress.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;

/** Many requests in one call. Runs on threads that may block. */
@Controller("/v1/batches")
@Tag(name = "batches")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BatchController {
    private final BatchGate gate;
    private final BatchIntake intake;
    private final BatchLookup lookup;
    private final BatchResults results;
    private final BatchCancel cancel;
    private final BatchView view;

    BatchController(
            BatchGate gate,
            BatchIntake intake,
            BatchLookup lookup,
            BatchResults results,
            BatchCancel cancel,
            BatchView view) {
        this.gate = gate;
        this.intake = intake;
        this.lookup = lookup;
        this.results = results;
        this.cancel = cancel;
        this.view = view;
    }

    /** Answers when all requests are on the stream. */
    @Post
    @Consumes({BatchResultsController.JSON_LINES, "application/jsonl"})
    @Operation(
            operationId = "submitBatch",
            summary = "Submit up to 10,000 requests as JSON lines, 16 MiB at most",
            description =
                    "Each line is a submission with an optional custom_id. All lines are taken in"
                            + " or none. They run at low priority; without deadline_ms, a line has"
                            + " an hour.")
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description = "a quoted string; the same call again stores what is missing",
            schema = @Schema(implementation = String.class))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = BatchResultsController.JSON_LINES,
                            schema = @Schema(implementation = Batches.Line.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = Batches.Batch.class)))
    @ApiResponse(
            responseCode = "4XX",
            description =
                    "A problem; of 400, errors name the lines. If some of the batch may be stored,"
                            + " also of 503, batch and Location say which it is.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    MutableHttpResponse<byte[]> submit(
            @Parameter(hidden = true) HttpRequest<?> request, @Body byte[] body) {
        Tenant tenant = Caller.tenantOf(request);
        Intake.refuseSuspended(tenant);
        Optional<IdempotencyKey> key = IdempotencyKey.of(request);
        String traceparent = request.getHeaders().get("traceparent");
        BatchIntake.Taken taken = gate.enter(() -> intake.take(tenant, body, key, traceparent));
        MutableHttpResponse<byte[]> answer =
                JsonAnswer.of(HttpStatus.ACCEPTED, view.taken(taken.batch()))
                        .header(HttpHeaders.LOCATION, BatchView.path(taken.batch()));
        return taken.replayed() ? answer.header(IdempotencyKey.REPLAYED, "true") : answer;
    }

    /** How far it is. */
    @Get("/{id}")
    @Operation(operationId = "readBatch", summary = "Read how far a batch is")
    @ApiResponse(
            responseCode = "200",
            description = "The batch",
            content = @Content(schema = @Schema(implementation = Batches.Batch.class)))
    MutableHttpResponse<byte[]> read(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String id) {
        Batch batch = lookup.find(Caller.tenantOf(request).id(), id).join();
        return JsonAnswer.of(HttpStatus.OK, view.of(batch, results.progress(batch)));
    }

    /** Withdraws what has not started. */
    @Delete("/{id}")
    @Operation(
            operationId = "cancelBatch",
            summary = "Cancel the requests of a batch that have not started")
    @ApiResponse(
            responseCode = "202",
            description = "The wishes are stored; the batch as it is now",
            content = @Content(schema = @Schema(implementation = Batches.Batch.class)))
    @ApiResponse(
            responseCode = "409",
            description = "All have ended, or the batch is still being stored",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    MutableHttpResponse<byte[]> cancel(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String id) {
        Batch batch = cancel.cancel(lookup.find(Caller.tenantOf(request).id(), id).join());
        return JsonAnswer.of(HttpStatus.ACCEPTED, view.of(batch, results.progress(batch)));
    }
}
