package io.sluice.pipeline.model;

import io.sluice.sinks.aws.AwsFailures;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What may be kept of a failed attempt: its class, the service's status and code, or the type of
 * the failure. Never a message, which could quote a prompt.
 */
final class CallError {
    /** The form of AWS's error codes; anything else is not taken for one. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9._]{0,63}");

    private CallError() {}

    /** Such as {@code unavailable 503 ServiceUnavailableException}. */
    static String of(ModelException refusal) {
        String kind = refusal.failure().name().toLowerCase(Locale.ROOT);
        Throwable cause = refusal.getCause();
        if (cause == null) {
            return kind;
        }
        Throwable root = AwsFailures.unwrapped(cause);
        return root instanceof AwsServiceException
                ? kind + answered((AwsServiceException) root)
                : kind + ' ' + root.getClass().getSimpleName();
    }

    private static String answered(AwsServiceException answer) {
        @Nullable AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? "" : String.valueOf(details.errorCode());
        return " "
                + answer.statusCode()
                + (CODE.matcher(code).matches() && !code.equals("null") ? ' ' + code : "");
    }
}
