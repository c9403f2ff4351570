package io.sluice.ingress.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.problem.Problem;

/** The answer that a result makes at a time: the item itself, or a problem that carries it. */
public final class ResultAnswer {
    private ResultAnswer() {}

    /** To who reads the item: always the item. */
    public static MutableHttpResponse<byte[]> ofRead(ResultItem item, long nowMillis) {
        return new RateLimitFields(item.decision(), nowMillis)
                .addTo(JsonAnswer.of(HttpStatus.OK, ItemView.of(item)));
    }

    /** To who waited for it when submitting; {@code path} is what was called. */
    public static MutableHttpResponse<byte[]> ofSubmit(
            ResultItem item, String path, long nowMillis) {
        MutableHttpResponse<byte[]> answer =
                switch (item.status()) {
                    case SUCCEEDED -> ofRead(item, nowMillis);
                    case REJECTED -> problem(rejected(item), item, path, nowMillis);
                    case FAILED -> problem(failed(item), item, path, nowMillis);
                    case CANCELLED ->
                            problem(
                                    Problem.of(HttpStatus.CONFLICT, "The request was cancelled."),
                                    item,
                                    path,
                                    nowMillis);
                };
        return answer.header("Location", "/v1/requests/" + item.requestId());
    }

    private static MutableHttpResponse<byte[]> problem(
            Problem problem, ResultItem item, String path, long nowMillis) {
        Retry retry = Retry.of(item, nowMillis);
        retry.afterSeconds()
                .ifPresent(seconds -> problem.header("Retry-After", Long.toString(seconds)));
        MutableHttpResponse<byte[]> answer =
                problem.retry(retry.makesSense())
                        .with("request", ItemView.of(item))
                        .into(HttpResponse.ok(), path);
        return new RateLimitFields(item.decision(), nowMillis).addTo(answer);
    }

    private static Problem rejected(ResultItem item) {
        String reason = Retry.reasonOf(item);
        String detail = "The request was rejected: " + reason + ".";
        return switch (reason) {
            case Names.MODEL_NOT_ALLOWED, Names.UNPRICED, Names.SUSPENDED ->
                    Problem.of(HttpStatus.FORBIDDEN, detail);
            case Names.SESSION_BUSY ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "Another turn of this session has not ended; wait for it.");
            default -> quota(item, detail);
        };
    }

    private static Problem quota(ResultItem item, String detail) {
        ArrayNode policies = Json.object().arrayNode();
        Retry.policiesOf(item).forEach(policies::add);
        return Problem.typed(
                        HttpStatus.TOO_MANY_REQUESTS,
                        Problem.QUOTA_EXCEEDED,
                        "Quota exceeded",
                        detail)
                .with("violated-policies", policies);
    }

    private static Problem failed(ResultItem item) {
        String reason = Retry.reasonOf(item);
        return switch (reason) {
            case Names.LANE_FULL ->
                    Problem.typed(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            Problem.REDUCED_CAPACITY,
                            "Temporarily reduced capacity",
                            "The request was admitted, but there was no room to run it ("
                                    + reason
                                    + ").");
            case Names.UNAVAILABLE ->
                    Problem.typed(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            Problem.REDUCED_CAPACITY,
                            "Temporarily reduced capacity",
                            "No model that may answer can be called now (" + reason + ").");
            case Names.TOKENS_PER_MINUTE, Names.BUDGET_PER_DAY, Names.BUDGET_PER_MONTH ->
                    quota(
                            item,
                            "The call that it waited for ended without an answer, and there was no"
                                    + " room for another ("
                                    + reason
                                    + ").");
            case Names.DEADLINE ->
                    Problem.of(
                            HttpStatus.GATEWAY_TIMEOUT,
                            "The model did not answer before the deadline.");
            default ->
                    Problem.of(
                            HttpStatus.BAD_GATEWAY, "The model did not answer (" + reason + ").");
        };
    }
}
