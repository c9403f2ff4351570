package io.sluice.ingress.problem;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.stream.Collectors;

/** Errors that the framework makes (no such path, wrong method, …) as problems. */
@Singleton
@Primary
final class FrameworkProblems implements ErrorResponseProcessor<byte[]> {
    @Override
    public MutableHttpResponse<byte[]> processResponse(
            ErrorContext context, MutableHttpResponse<?> response) {
        HttpRequest<?> request = context.getRequest();
        HttpStatus status = statusOf(context, response);
        return Problem.of(status, detail(status, context)).into(response, request.getPath());
    }

    /** Netty's refusal of a line or of headers is told like that of a body. */
    private static HttpStatus statusOf(ErrorContext context, MutableHttpResponse<?> response) {
        return response.code() == HttpStatus.REQUEST_ENTITY_TOO_LARGE.getCode()
                        && context.getRootCause()
                                .filter(ContentLengthExceededException.class::isInstance)
                                .isEmpty()
                ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpStatus.valueOf(response.code());
    }

    private static String detail(HttpStatus status, ErrorContext context) {
        String method = context.getRequest().getMethodName().toUpperCase(Locale.ROOT);
        return switch (status) {
            case NOT_FOUND -> "There is nothing at this path.";
            case METHOD_NOT_ALLOWED -> method + " is not allowed at this path; see Allow.";
            case UNSUPPORTED_MEDIA_TYPE ->
                    "The body's Content-Type is not supported; send application/json.";
            case NOT_ACCEPTABLE -> "Only application/json can be produced here.";
            case REQUEST_HEADER_FIELDS_TOO_LARGE ->
                    "The request line or the header fields are too long.";
            case REQUEST_ENTITY_TOO_LARGE ->
                    "The body is larger than 8 MiB, or 16 MiB for a batch.";
            default ->
                    status.getCode() >= 500
                            ? "The request failed for a reason that is not yours."
                            : clientError(context);
        };
    }

    private static String clientError(ErrorContext context) {
        String said =
                context.getErrors().stream()
                        .map(Error::getMessage)
                        .collect(Collectors.joining("; "));
        return said.startsWith("Required Body")
                ? "The body is empty, expected a JSON object."
                : said;
    }
}
