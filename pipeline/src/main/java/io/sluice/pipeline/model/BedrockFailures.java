package io.sluice.pipeline.model;

import io.sluice.contract.json.MalformedJsonException;
import io.sluice.sinks.aws.AwsFailures;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;

/**
 * Names the failures of Bedrock's Converse by what may be done about them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html">Converse,
 *     Errors</a>, read 2026-11-23
 */
final class BedrockFailures {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int MODEL_FAILED = 424;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** What the JDK and Netty say where there is no way out of this machine. */
    private static final String NO_NETWORK = "Network is unreachable";

    /** What Netty's pool says, which the SDK passes on as the cause. */
    private static final String NO_CONNECTION_FREE = "Acquire operation took longer";

    private BedrockFailures() {}

    /** The failure as an exception that names its kind. */
    static ModelException toException(Throwable failure, ModelCall call) {
        Throwable cause = AwsFailures.unwrapped(failure);
        if (cause instanceof ModelException) {
            return (ModelException) cause;
        }
        ModelFailure kind = kindOf(cause);
        return new ModelException(
                kind, contactOf(cause), call + " failed (" + kind + "): " + brief(cause), cause);
    }

    /** The failure of a call that could not be sent at all. */
    static ModelException unsent(RuntimeException failure, ModelCall call) {
        ModelFailure kind = kindOf(failure);
        return new ModelException(
                kind,
                Contact.NONE,
                call + " was not sent (" + kind + "): " + brief(failure),
                failure);
    }

    /** The failure of a call whose answer came and is not what an answer has to be. */
    static ModelException unreadable(RuntimeException failure, ModelCall call) {
        return new ModelException(
                ModelFailure.UNREADABLE,
                Contact.ANSWERED,
                call + " has an answer that cannot be read: " + brief(failure),
                failure);
    }

    /** How far a call got that failed so, if it was sent. */
    static Contact contactOf(Throwable failure) {
        if (failure instanceof AwsServiceException || failure instanceof MalformedJsonException) {
            return Contact.ANSWERED;
        }
        return neverConnected(failure) || isWithoutCredentials(failure)
                ? Contact.UNREACHED
                : Contact.UNANSWERED;
    }

    /** The kind of an unwrapped failure. */
    static ModelFailure kindOf(Throwable failure) {
        if (failure instanceof MalformedJsonException) {
            return ModelFailure.PAYLOAD;
        }
        if (failure instanceof ModelTimeoutException
                || failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException) {
            return ModelFailure.TIMEOUT;
        }
        if (failure instanceof AwsServiceException) {
            return kindOfAnswer((AwsServiceException) failure);
        }
        if (isWithoutCredentials(failure)) {
            return ModelFailure.UNAUTHENTICATED;
        }
        return neverConnected(failure) ? ModelFailure.UNAVAILABLE : ModelFailure.LOST;
    }

    private static ModelFailure kindOfAnswer(AwsServiceException answer) {
        int status = answer.statusCode();
        if (answer.isThrottlingException() || status == TOO_MANY_REQUESTS) {
            return ModelFailure.THROTTLED;
        }
        if (status == UNAVAILABLE) {
            return ModelFailure.UNAVAILABLE;
        }
        if (status == MODEL_FAILED) {
            return ModelFailure.MODEL_FAILED;
        }
        if (answer.isClockSkewException() || codeOf(answer).startsWith("ExpiredToken")) {
            return ModelFailure.UNAUTHENTICATED;
        }
        if (status == FORBIDDEN || status == NOT_FOUND) {
            return ModelFailure.REFUSED_HERE;
        }
        return status >= 500 ? ModelFailure.TRANSIENT : ModelFailure.PERMANENT;
    }

    private static String codeOf(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
    }

    /** Whether there was no connection to send the call over. */
    private static boolean neverConnected(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof SSLHandshakeException
                    || (cause instanceof SocketException && says(cause, NO_NETWORK))
                    || (cause instanceof TimeoutException && says(cause, NO_CONNECTION_FREE))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the call could not be signed, so that it was not sent. */
    private static boolean isWithoutCredentials(Throwable failure) {
        return failure instanceof SdkClientException
                && (says(failure, "Unable to load credentials")
                        || says(failure, "Failed to load credentials"));
    }

    private static boolean says(Throwable failure, String beginning) {
        return String.valueOf(failure.getMessage()).startsWith(beginning);
    }

    /** The type and the service's code; its message could quote the prompt. */
    private static String brief(Throwable cause) {
        if (cause instanceof AwsServiceException
                && ((AwsServiceException) cause).awsErrorDetails() != null) {
            AwsServiceException answer = (AwsServiceException) cause;
            return answer.statusCode() + " " + answer.awsErrorDetails().errorCode();
        }
        return cause instanceof MalformedJsonException
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
    }
}
