package io.sluice.ingress.submit;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.EventJson;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.result.ItemView;
import io.sluice.ingress.result.Prefer;
import io.sluice.ingress.result.ResultAnswer;
import io.sluice.ingress.result.ResultWaiter;
import io.sluice.ingress.stream.EventWriter;
import io.sluice.ingress.stream.StreamRecord;
import io.sluice.ingress.tenant.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Takes requests in. Runs on event loops and never blocks them. */
@Controller("/v1/requests")
@Tag(name = "requests")
final class SubmitController {
    /** A stream record takes 1 MiB; the engine's way back needs room for an outcome's envelope. */
    private static final int MOST_EVENT_BYTES = 768 * 1024;

    private final SubmissionReader reader;
    private final EventStamp stamp;
    private final EventWriter writer;
    private final ResultWaiter waiter;
    private final InstantSource time;

    SubmitController(
            SubmissionReader reader,
            EventStamp stamp,
            EventWriter writer,
            ResultWaiter waiter,
            InstantSource time) {
        this.time = time;
        this.reader = reader;
        this.stamp = stamp;
        this.writer = writer;
        this.waiter = waiter;
    }

    /** Answers when the request is stored, or with {@code Prefer: wait} when it is decided. */
    @Post
    @Operation(
            operationId = "submit",
            summary = "Submit a request",
            description =
                    "Answers 202 once the request is stored. With 'Prefer: wait=<seconds>' it waits"
                            + " for the result: 200 if it succeeded, a problem with the item under"
                            + " 'request' if not, 202 if the time ran out.")
    @Parameter(
            name = "Prefer",
            in = ParameterIn.HEADER,
            description = "wait=<seconds>, at most 60",
            schema = @Schema(implementation = String.class))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Requests.Submission.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = Requests.Item.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Succeeded",
            content = @Content(schema = @Schema(implementation = Requests.Item.class)))
    @ApiResponse(
            responseCode = "4XX",
            description = "A problem; 502, 503 and 504 have the same form",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Requests.Problem.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> submit(
            @Parameter(hidden = true) HttpRequest<?> request, @Body byte[] body) {
        Tenant tenant = Caller.tenantOf(request);
        if (tenant.item().suspended()) {
            throw Problem.of(HttpStatus.FORBIDDEN, "This tenant is suspended.").asException();
        }
        Submission submission = reader.read(body);
        RequestEvent event =
                stamp.event(tenant, submission, request.getHeaders().get("traceparent"));
        byte[] bytes = EventJson.write(event);
        if (bytes.length > MOST_EVENT_BYTES) {
            throw Problem.of(
                            HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                            "The request takes "
                                    + bytes.length
                                    + " bytes on the stream, expected at most "
                                    + MOST_EVENT_BYTES
                                    + ".")
                    .asException();
        }
        Duration wait = Prefer.wait(request);
        return writer.append(new StreamRecord(tenant.id(), bytes))
                .thenCompose(stored -> answer(event, wait, request.getPath()));
    }

    private CompletableFuture<MutableHttpResponse<byte[]>> answer(
            RequestEvent event, Duration wait, String path) {
        String id = event.facts().requestId();
        if (wait.isZero()) {
            return CompletableFuture.completedFuture(accepted(event));
        }
        return waiter.await(event.tenantId(), id, wait)
                .thenApply(
                        found ->
                                found.map(item -> ResultAnswer.ofSubmit(item, path, time.millis()))
                                        .orElseGet(() -> accepted(event))
                                        .header("Preference-Applied", "wait=" + wait.toSeconds()));
    }

    private static MutableHttpResponse<byte[]> accepted(RequestEvent event) {
        String id = event.facts().requestId();
        return JsonAnswer.of(
                        HttpStatus.ACCEPTED, ItemView.queued(id, event.facts().receivedAtMillis()))
                .header(HttpHeaders.LOCATION, "/v1/requests/" + id);
    }
}
