package io.sluice.local.job;

import java.util.Optional;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.SerializedThrowable;

/** The innermost cause of a failure, in one line. */
final class RootCause {
    private RootCause() {}

    /** The cause's type and message. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String text =
                cause instanceof SerializedThrowable
                        ? String.valueOf(cause.getMessage())
                        : cause.getClass().getSimpleName() + ": " + detail(cause);
        return text.replaceAll("\\s+", " ").trim();
    }

    private static String detail(Throwable cause) {
        if (cause.getMessage() != null || cause.getStackTrace().length == 0) {
            return String.valueOf(cause.getMessage());
        }
        return "at " + cause.getStackTrace()[0];
    }

    /** Why a job is over. */
    static String of(JobResult result) {
        Optional<SerializedThrowable> failure = result.getSerializedThrowable();
        return failure.isPresent()
                ? of(failure.get())
                : "the job ended as " + result.getApplicationStatus();
    }
}
