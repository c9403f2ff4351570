package io.sluice.sinks.aws;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** The failures that all AWS services have in common, by kind. */
public final class AwsFailures {
    private static final Set<String> FATAL_CODES =
            Set.of(
                    "AccessDenied",
                    "AccessDeniedException",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "OptInRequired",
                    "ResourceNotFoundException",
                    "NotAuthorized");
    private static final int TOO_MANY_REQUESTS = 429;

    private AwsFailures() {}

    /** The failure itself, without the wrappers that futures put around it. */
    public static Throwable unwrapped(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /**
     * The kind of an unwrapped failure. What is no failure of the call (a bug of ours, say) is
     * fatal.
     */
    public static FailureKind kindOf(Throwable failure) {
        if (failure instanceof AwsServiceException) {
            return kindOfAnswer((AwsServiceException) failure);
        }
        if (failure instanceof SdkClientException) {
            String message = String.valueOf(failure.getMessage());
            return message.contains("Unable to load credentials")
                    ? FailureKind.FATAL
                    : FailureKind.RETRY;
        }
        boolean transportFailed = failure instanceof SdkException || failure instanceof IOException;
        return transportFailed ? FailureKind.RETRY : FailureKind.FATAL;
    }

    private static FailureKind kindOfAnswer(AwsServiceException answer) {
        String code =
                answer.awsErrorDetails() == null
                        ? ""
                        : String.valueOf(answer.awsErrorDetails().errorCode());
        if (FATAL_CODES.contains(code)) {
            return FailureKind.FATAL;
        }
        boolean theirs =
                answer.isThrottlingException()
                        || answer.isClockSkewException()
                        || answer.statusCode() >= 500
                        || answer.statusCode() == TOO_MANY_REQUESTS
                        || code.startsWith("ExpiredToken");
        return theirs ? FailureKind.RETRY : FailureKind.POISON;
    }
}
