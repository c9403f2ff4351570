package io.sluice.ingress.session;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.Names;
import io.sluice.contract.SessionKey;
import io.sluice.contract.json.EventJson;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.api.Sessions;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.query.Paged;
import io.sluice.ingress.stream.EventWriter;
import io.sluice.ingress.stream.StreamRecord;
import io.sluice.ingress.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Reads conversations from the job's copies; has them forgotten by a command on the log. */
@Controller("/v1/sessions")
@Tag(name = "sessions")
final class SessionsController {
    private final SessionStore store;
    private final SessionListing listing;
    private final WholeTurns whole;
    private final EventWriter writer;
    private final InstantSource time;

    SessionsController(
            SessionStore store,
            SessionListing listing,
            WholeTurns whole,
            EventWriter writer,
            InstantSource time) {
        this.whole = whole;
        this.store = store;
        this.listing = listing;
        this.writer = writer;
        this.time = time;
    }

    /** 404 if there is none, if it is over, or until its first turn was answered. */
    @Get("/{session}")
    @Operation(
            operationId = "readSession",
            summary = "Read the kept turns of a conversation",
            description = "A turn is there within seconds of its answer.")
    @OfUser
    @ApiResponse(
            responseCode = "200",
            description = "The conversation",
            content = @Content(schema = @Schema(implementation = Sessions.Session.class)))
    @ApiResponse(
            responseCode = "4XX",
            description = "400 or 401; 404 if there is none or it is over",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> read(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String session) {
        Tenant tenant = Caller.tenantOf(request);
        long ttlMillis = tenant.policy().cache().sessionTtlMillis();
        return store.get(tenant.id(), SessionNames.of(request, session))
                .thenApply(
                        found ->
                                found.filter(
                                                item ->
                                                        SessionView.isLive(
                                                                item, ttlMillis, time.millis()))
                                        .orElseThrow(
                                                () ->
                                                        Problem.of(
                                                                        HttpStatus.NOT_FOUND,
                                                                        "There is no such"
                                                                                + " conversation, or it"
                                                                                + " is over.")
                                                                .asException()))
                .thenCompose(whole::of)
                .thenApply(item -> JsonAnswer.of(HttpStatus.OK, SessionView.of(item, ttlMillis)));
    }

    /** Conversations by user and session. */
    @Get
    @Operation(operationId = "listSessions", summary = "List conversations by user and session")
    @Parameter(
            name = "user_id",
            in = ParameterIn.QUERY,
            description = "only this user's",
            schema = @Schema(implementation = String.class))
    @Paged
    @ApiResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = Sessions.SessionPage.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> list(
            @Parameter(hidden = true) HttpRequest<?> request) {
        return listing.list(Caller.tenantOf(request), request)
                .thenApply(page -> JsonAnswer.of(HttpStatus.OK, page));
    }

    /** 202 when the wish is stored, whether or not there is anything to forget. */
    @Delete("/{session}")
    @Operation(
            operationId = "deleteSession",
            summary = "Forget a conversation",
            description =
                    "Answers 202 once the wish is stored, also if there is no such conversation."
                            + " It takes its place in the order of the tenant's requests: those"
                            + " submitted afterwards begin anew. A turn that runs is answered but"
                            + " not kept. Reading gives 404 within seconds.")
    @OfUser
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = Sessions.SessionDeletion.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> delete(
            @Parameter(hidden = true) HttpRequest<?> request, @PathVariable String session) {
        String tenantId = Caller.tenantOf(request).id();
        SessionKey key = SessionNames.of(request, session);
        return writer.append(deletion(tenantId, key))
                .thenApply(done -> JsonAnswer.of(HttpStatus.ACCEPTED, SessionView.deleting(key)));
    }

    private StreamRecord deletion(String tenantId, SessionKey key) {
        CommandEvent command =
                CommandEvent.builder()
                        .tenantId(tenantId)
                        .commandId("delete_" + key.text() + '_' + time.millis())
                        .name(Names.DELETE_SESSION)
                        .subject(key.text())
                        .build();
        return new StreamRecord(tenantId, EventJson.write(command));
    }
}
