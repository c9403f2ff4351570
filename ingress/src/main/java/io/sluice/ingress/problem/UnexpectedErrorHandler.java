package io.sluice.ingress.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Answers what nothing else handled: {@code 503} if AWS could not be reached or refused, {@code
 * 500} for a fault of ours. The cause goes to the log and never to the client.
 */
@Singleton
final class UnexpectedErrorHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(UnexpectedErrorHandler.class);

    @Override
    @SuppressWarnings("rawtypes") // as the framework declares it
    public HttpResponse<?> handle(HttpRequest request, Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return problemOf(cause, request).into(HttpResponse.ok(), request.getPath());
    }

    private static Problem problemOf(Throwable cause, HttpRequest<?> request) {
        if (cause instanceof ProblemException answer) {
            return answer.problem();
        }
        if (cause instanceof HttpStatusException known) {
            return Problem.of(known.getStatus(), String.valueOf(known.getMessage()));
        }
        if (cause instanceof SdkException) {
            LOG.warn("{} {} failed at AWS", request.getMethodName(), request.getPath(), cause);
            return Problem.busy("A part that this call needs does not answer; try again.", 2);
        }
        LOG.error("{} {} failed", request.getMethodName(), request.getPath(), cause);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The request failed for a reason that is not yours; it has been logged.");
    }
}
