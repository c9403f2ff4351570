package io.sluice.ingress.submit;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.sluice.contract.RequestEvent;
import io.sluice.ingress.api.Requests;
import io.sluice.ingress.idempotency.IdempotencyKey;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.payload.Payloads;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.result.Prefer;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Takes requests in. Runs on event loops and never blocks them. */
@Controller("/v1/requests")
@Tag(name = "requests")
final class SubmitController {
    private final Intake intake;
    private final Submissions submissions;
    private final KeyedSubmit keyed;
    private final Payloads payloads;

    SubmitController(Intake intake, Submissions submissions, KeyedSubmit keyed, Payloads payloads) {
        this.payloads = payloads;
        this.intake = intake;
        this.submissions = submissions;
        this.keyed = keyed;
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
    @Parameter(
            name = IdempotencyKey.HEADER,
            in = ParameterIn.HEADER,
            description =
                    "a quoted string; for 24 hours, the same call with the same key is not made"
                            + " again but answered as the first was",
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
        Intake.refuseSuspended(tenant);
        Optional<IdempotencyKey> key = IdempotencyKey.of(request);
        Duration patience = Prefer.wait(request);
        Call call;
        try {
            call = call(tenant, request, body, patience);
        } catch (ProblemException e) {
            return keyed.repeatRefused(
                    new KeyedSubmit.Refused(tenant.id(), patience, request.getPath(), e),
                    key.orElseThrow(() -> e),
                    body);
        }
        return key.isPresent() ? keyed.submit(call, key.get(), body) : submissions.store(call);
    }

    private Call call(Tenant tenant, HttpRequest<?> request, byte[] body, Duration patience) {
        Payloads.Room room = payloads.room(body.length);
        try {
            RequestEvent event =
                    intake.event(tenant, body, request.getHeaders().get("traceparent"));
            return new Call(event, intake.record(event), patience, request.getPath());
        } finally {
            room.close();
        }
    }
}
