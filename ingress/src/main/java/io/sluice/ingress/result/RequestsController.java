package io.sluice.ingress.result;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.query.Paged;
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

/** Reads what became of requests. */
@Controller("/v1/requests")
@Tag(name = "requests")
final class RequestsController {
    private final RequestLookup lookup;
    private final AttemptLookup attempts;
    private final ResultWaiter waiter;
    private final ResultListing listing;
    private final WholeResults whole;
    private final InstantSource time;

    RequestsController(
            RequestLookup lookup,
            AttemptLookup attempts,
            ResultWaiter waiter,
            ResultListing listing,
            WholeResults whole,
            InstantSource time) {
        this.lookup = lookup;
        this.attempts = attempts;
        this.whole = whole;
        this.waiter = waiter;
        this.listing = listing;
        this.time = time;
    }

    /**
     * The item of a request. {@code queued} if it was issued but has no result yet, {@code running}
     * once a model is called for it; 404 if it was never issued to this tenant; 410 if its result
     * is gone.
     */
    @Get("/{id}")
    @Operation(operationId = "readRequest", summary = "Read a request")
    @Parameter(
            name = "Prefer",
            in = ParameterIn.HEADER,
            description = "wait=<seconds>, at most 60",
            schema = @Schema(implementation = String.class))
    @ApiResponse(
            responseCode = "200",
            description = "The item, whatever was decided",
            content = @Content(schema = @Schema(implementation = Requests.Item.class)))
    @ApiResponse(
            responseCode = "4XX",
            description = "401, 404 or 410",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> read(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String id) {
        Tenant tenant = Caller.tenantOf(request);
        String tenantId = tenant.id();
        Duration wait = Prefer.wait(request);
        return lookup.find(tenantId, Caller.of(request).keyId(), id)
                .thenCompose(
                        known ->
                                known.item().isPresent() || wait.isZero()
                                        ? CompletableFuture.completedFuture(known)
                                        : await(tenantId, known, wait))
                .thenCompose(known -> answer(tenantId, lookup.live(known, tenant)));
    }

    /** Results from newest to oldest. */
    @Get
    @Operation(
            operationId = "listRequests",
            summary = "List finished requests, newest first",
            description =
                    "'from' is inclusive, 'to' exclusive; both are times of submission. Large"
                            + " answers are left out ('omitted'); read their requests.")
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Paged
    @ApiResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = Requests.ItemPage.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> list(
            @Parameter(hidden = true) HttpRequest<?> request) {
        return listing.list(Caller.tenantOf(request).id(), request)
                .thenApply(page -> JsonAnswer.of(HttpStatus.OK, page));
    }

    private CompletableFuture<RequestLookup.Known> await(
            String tenantId, RequestLookup.Known known, Duration wait) {
        return waiter.await(tenantId, known.id(), wait)
                .thenApply(
                        found ->
                                new RequestLookup.Known(known.id(), known.issuedAtMillis(), found));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> answer(
            String tenantId, RequestLookup.Known known) {
        return known.item()
                .map(item -> whole.view(item, all -> ResultAnswer.ofRead(all, time.millis())))
                .orElseGet(
                        () ->
                                attempts.wasClaimed(tenantId, known.id())
                                        .thenApply(claimed -> unfinished(known, claimed)));
    }

    private static MutableHttpResponse<byte[]> unfinished(
            RequestLookup.Known known, boolean running) {
        return JsonAnswer.of(
                HttpStatus.OK,
                running
                        ? ItemView.running(known.id(), known.issuedAtMillis())
                        : ItemView.queued(known.id(), known.issuedAtMillis()));
    }
}
