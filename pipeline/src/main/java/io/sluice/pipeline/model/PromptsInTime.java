package io.sluice.pipeline.model;

import io.sluice.objects.PayloadLostException;
import io.sluice.sinks.aws.AwsFailures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that brings a prompt, repeated until the request's deadline ({@link
 * ModelFailure#PROMPT_LATE}). What is lost fails for good ({@link ModelFailure#PAYLOAD_LOST}).
 * Thread-safe, never blocks.
 */
final class PromptsInTime {
    private static final Logger LOG = LoggerFactory.getLogger(PromptsInTime.class);

    private final PayloadRepeats repeats;
    private final InvokerClock clock;

    PromptsInTime(PayloadRepeats repeats, InvokerClock clock) {
        this.repeats = repeats;
        this.clock = clock;
    }

    /** What the work brings; fails with a {@link ModelException}. */
    <T> CompletableFuture<T> get(
            ModelCall call, String complaint, Supplier<CompletableFuture<T>> work) {
        return repeats.untilDone(
                        call + ": " + complaint,
                        () -> {
                            check(call);
                            return work.get();
                        },
                        PromptsInTime::mayComeYet)
                .exceptionally(
                        failure -> {
                            throw toException(call, AwsFailures.unwrapped(failure));
                        });
    }

    /** The call, if it is not too late for it. */
    ModelCall check(ModelCall call) {
        if (clock.millis() >= call.deadlineAtMillis()) {
            throw new ModelException(
                    ModelFailure.PROMPT_LATE,
                    Contact.NONE,
                    call + ": the prompt was not read in time",
                    null);
        }
        return call;
    }

    private static boolean mayComeYet(Throwable failure) {
        return !(failure instanceof ModelException || failure instanceof PayloadLostException);
    }

    private static ModelException toException(ModelCall call, Throwable failure) {
        if (failure instanceof ModelException) {
            return (ModelException) failure;
        }
        LOG.warn("{}: the prompt is lost: {}", call, failure.getMessage());
        return new ModelException(
                ModelFailure.PAYLOAD_LOST,
                Contact.NONE,
                call + ": " + failure.getMessage(),
                failure);
    }
}
