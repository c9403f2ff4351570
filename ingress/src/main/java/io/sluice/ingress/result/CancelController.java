package io.sluice.ingress.result;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.PathVariable;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.stream.EventWriter;
import io.sluice.ingress.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Withdraws requests that have not started; whether one had, the engine decides. */
@Controller("/v1/requests")
@Tag(name = "requests")
final class CancelController {
    private final RequestLookup lookup;
    private final EventWriter writer;
    private final ResultWaiter waiter;
    private final InstantSource time;

    CancelController(
            RequestLookup lookup, EventWriter writer, ResultWaiter waiter, InstantSource time) {
        this.lookup = lookup;
        this.writer = writer;
        this.waiter = waiter;
        this.time = time;
    }

    /** 202 when the wish is stored; 409 if the request has ended otherwise. */
    @Delete("/{id}")
    @Operation(
            operationId = "cancelRequest",
            summary = "Cancel a request that has not started",
            description =
                    "Answers 202 once the wish is stored. With 'Prefer: wait=<seconds>' it waits"
                            + " for the end: 200 with the cancelled item, 409 if it ran after all.")
    @Parameter(
            name = "Prefer",
            in = ParameterIn.HEADER,
            description = "wait=<seconds>, at most 60",
            schema = @Schema(implementation = String.class))
    @ApiResponse(
            responseCode = "202",
            description = "Stored; the request as it is now",
            content = @Content(schema = @Schema(implementation = Requests.Item.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Cancelled",
            content = @Content(schema = @Schema(implementation = Requests.Item.class)))
    @ApiResponse(
            responseCode = "4XX",
            description = "401, 404 or 410; 409 with the item if it has ended otherwise",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> cancel(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String id) {
        Tenant tenant = Caller.tenantOf(request);
        String tenantId = tenant.id();
        Duration wait = Prefer.wait(request);
        return lookup.find(tenantId, Caller.of(request).keyId(), id)
                .thenApply(known -> lookup.live(known, tenant))
                .thenCompose(
                        known ->
                                known.item()
                                        .map(
                                                item ->
                                                        CompletableFuture.completedFuture(
                                                                hasEnded(item, request.getPath())))
                                        .orElseGet(
                                                () ->
                                                        cancel(
                                                                tenantId,
                                                                known,
                                                                wait,
                                                                request.getPath())));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> cancel(
            String tenantId, RequestLookup.Known known, Duration wait, String path) {
        CompletableFuture<Void> stored = writer.append(CancelWish.record(tenantId, known.id()));
        if (wait.isZero()) {
            return stored.thenApply(done -> accepted(known));
        }
        return stored.thenCompose(done -> waiter.await(tenantId, known.id(), wait))
                .thenApply(
                        found ->
                                found.map(item -> ended(item, path))
                                        .orElseGet(() -> accepted(known))
                                        .header("Preference-Applied", "wait=" + wait.toSeconds()));
    }

    private MutableHttpResponse<byte[]> ended(ResultItem item, String path) {
        return item.status() == ResultStatus.CANCELLED
                ? ResultAnswer.ofRead(item, time.millis())
                : hasEnded(item, path);
    }

    private static MutableHttpResponse<byte[]> accepted(RequestLookup.Known known) {
        return JsonAnswer.of(
                HttpStatus.ACCEPTED, ItemView.queued(known.id(), known.issuedAtMillis()));
    }

    private static MutableHttpResponse<byte[]> hasEnded(ResultItem item, String path) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "The request has ended (" + item.status().wireName() + ").")
                .with("request", ItemView.of(item))
                .retry(false)
                .into(HttpResponse.ok(), path);
    }
}
