package io.sluice.ingress.result;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.problem.Problem;
import java.util.Objects;
import java.util.Set;

/** The answer that a result makes: the item itself, or a problem that carries it. */
public final class ResultAnswer {
    private static final Set<String> FORBIDDEN = Set.of(Names.SUSPENDED, "model-not-allowed");
    private static final String QUEUE_FULL = "queue-full";

    private ResultAnswer() {}

    /** To who reads the item: always the item. */
    static MutableHttpResponse<byte[]> ofRead(ResultItem item) {
        return JsonAnswer.of(HttpStatus.OK, ItemView.of(item));
    }

    /** To who waited for it when submitting; {@code path} is what was called. */
    public static MutableHttpResponse<byte[]> ofSubmit(ResultItem item, String path) {
        MutableHttpResponse<byte[]> answer =
                switch (item.status()) {
                    case SUCCEEDED -> ofRead(item);
                    case REJECTED -> problem(rejected(item), item, path);
                    case FAILED -> problem(failed(item), item, path);
                    case CANCELLED ->
                            problem(
                                    Problem.of(HttpStatus.CONFLICT, "The request was cancelled."),
                                    item,
                                    path);
                };
        return RateLimitFields.add(item.decision(), answer)
                .header("Location", "/v1/requests/" + item.requestId());
    }

    private static MutableHttpResponse<byte[]> problem(
            Problem problem, ResultItem item, String path) {
        return problem.with("request", ItemView.of(item)).into(HttpResponse.ok(), path);
    }

    private static Problem rejected(ResultItem item) {
        String reason = reason(item);
        if (FORBIDDEN.contains(reason)) {
            return Problem.of(HttpStatus.FORBIDDEN, "The request was rejected: " + reason + ".");
        }
        if (reason.equals(QUEUE_FULL)) {
            return Problem.busy("The request was rejected: " + reason + ".", retryAfter(item));
        }
        Problem problem =
                Problem.typed(
                                HttpStatus.TOO_MANY_REQUESTS,
                                Problem.QUOTA_EXCEEDED,
                                "Quota exceeded",
                                "The request was rejected by the limit " + reason + ".")
                        .with("violated-policies", Json.object().arrayNode().add(reason));
        return item.decision().retryAfterMillis() < 0
                ? problem
                : problem.header("Retry-After", Long.toString(retryAfter(item)));
    }

    private static Problem failed(ResultItem item) {
        String reason = reason(item);
        return switch (reason) {
            case Names.LANE_FULL ->
                    Problem.busy(
                            "The request was admitted, but there was no room to run it ("
                                    + reason
                                    + ").",
                            retryAfter(item));
            case Names.DEADLINE ->
                    Problem.of(
                            HttpStatus.GATEWAY_TIMEOUT,
                            "The model did not answer before the deadline.");
            default ->
                    Problem.of(
                            HttpStatus.BAD_GATEWAY, "The model did not answer (" + reason + ").");
        };
    }

    private static String reason(ResultItem item) {
        return Objects.requireNonNullElse(item.decision().reason(), Names.MODEL_ERROR);
    }

    /** Whole seconds, at least 1. */
    private static long retryAfter(ResultItem item) {
        return Math.max(1, (item.decision().retryAfterMillis() + 999) / 1_000);
    }
}
