package io.sluice.ingress.result;

import io.micronaut.context.annotation.Property;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.sluice.contract.ResultItem;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.requestid.RequestIds;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Reads what became of requests. */
@Controller("/v1/requests")
@Tag(name = "requests")
final class RequestsController {
    private final RequestIds ids;
    private final ResultStore store;
    private final ResultWaiter waiter;
    private final ResultListing listing;
    private final InstantSource time;
    private final Duration streamRetention;

    RequestsController(
            RequestIds ids,
            ResultStore store,
            ResultWaiter waiter,
            ResultListing listing,
            InstantSource time,
            @Property(name = "sluice.stream.retention", defaultValue = "24h")
                    Duration streamRetention) {
        this.ids = ids;
        this.store = store;
        this.waiter = waiter;
        this.listing = listing;
        this.time = time;
        this.streamRetention = streamRetention;
    }

    /**
     * The item of a request. {@code queued} if it was issued but has no result yet; 404 if it was
     * never issued to this tenant; 410 if its result is gone.
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
        String tenantId = Caller.tenantOf(request).id();
        OptionalLong issuedAt = ids.issuedAtMillis(tenantId, id);
        if (issuedAt.isEmpty()) {
            throw Problem.of(HttpStatus.NOT_FOUND, "There is no request of this id.").asException();
        }
        Duration wait = Prefer.wait(request);
        return store.get(new ResultKey(tenantId, id))
                .thenCompose(
                        found ->
                                found.isPresent() || wait.isZero()
                                        ? CompletableFuture.completedFuture(found)
                                        : waiter.await(tenantId, id, wait))
                .thenApply(found -> answer(id, issuedAt.getAsLong(), found));
    }

    /** Results from newest to oldest. */
    @Get
    @Operation(
            operationId = "listRequests",
            summary = "List finished requests, newest first",
            description = "'from' is inclusive, 'to' exclusive; both are times of submission.")
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = Integer.class))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @ApiResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = Requests.ItemPage.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> list(
            @Parameter(hidden = true) HttpRequest<?> request) {
        return listing.list(Caller.tenantOf(request).id(), request)
                .thenApply(page -> JsonAnswer.of(HttpStatus.OK, page));
    }

    private MutableHttpResponse<byte[]> answer(
            String id, long issuedAtMillis, Optional<ResultItem> found) {
        long now = time.millis();
        boolean gone =
                found.map(item -> item.expiresAtSeconds() * 1_000 <= now)
                        .orElse(now - issuedAtMillis > streamRetention.toMillis());
        if (gone) {
            throw Problem.of(HttpStatus.GONE, "The result of this request is no longer kept.")
                    .asException();
        }
        return found.map(item -> ResultAnswer.ofRead(item, now))
                .orElseGet(() -> JsonAnswer.of(HttpStatus.OK, ItemView.queued(id, issuedAtMillis)));
    }
}
