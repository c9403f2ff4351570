package io.sluice.pipeline.model;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.thirdparty.jackson.core.JsonProcessingException;

/**
 * Tells an answer that cannot be read from one whose connection was lost, both of which the SDK
 * reports as an HTTP request that could not be executed. An answer has begun with a status of
 * success; unless the network then fails, what fails is reading it.
 */
final class UnreadableAnswers implements ExecutionInterceptor {
    @Override
    public Throwable modifyException(
            Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable failure = context.exception();
        return context.httpResponse().filter(SdkHttpResponse::isSuccessful).isPresent()
                        && !isLoss(failure)
                ? new UnreadableAnswerException(failure)
                : failure;
    }

    /** Whether the rest of an answer did not come. */
    private static boolean isLoss(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException) {
                return false; // an IOException, but of the parser
            }
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof CancellationException
                    || cause instanceof AbortedException
                    || cause instanceof ApiCallTimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException) {
                return true;
            }
        }
        return false;
    }
}
