package io.sluice.pipeline.model;

import io.sluice.objects.LargePayload;
import io.sluice.objects.ObjectStoreException;
import io.sluice.objects.PayloadStore;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves large answers in the object store before anybody hears of them. An answer is paid for, so
 * it is put again for as long as that may help; one that the store refuses for good stays in the
 * reply: what takes it from here may have room for it. Thread-safe, never blocks.
 */
final class StoredAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(StoredAnswers.class);

    private final @Nullable PayloadStore store;
    private final int inlineBytes;
    private final PayloadRepeats repeats;

    /**
     * Answers in that store; null if there is none, and then all stay in their replies.
     *
     * @param inlineBytes the most UTF-8 bytes that stay in a reply
     */
    StoredAnswers(@Nullable PayloadStore store, int inlineBytes, PayloadRepeats repeats) {
        this.store = store;
        this.inlineBytes = inlineBytes;
        this.repeats = repeats;
    }

    /** The reply, by reference if its answer is large and has been stored. */
    CompletableFuture<ModelReply> kept(ModelCall call, ModelReply reply) {
        PayloadStore open = store;
        LargePayload answer =
                open == null
                        ? null
                        : LargePayload.answer(
                                call.tenantId(), call.requestId(), reply.payload(), inlineBytes);
        return open == null || answer == null
                ? CompletableFuture.completedFuture(reply)
                : put(open, call, reply, answer);
    }

    private CompletableFuture<ModelReply> put(
            PayloadStore open, ModelCall call, ModelReply reply, LargePayload answer) {
        return repeats.untilDone(
                        call + ": the answer cannot be stored",
                        () -> open.put(answer),
                        StoredAnswers::isRepeatable)
                .handle(
                        (stored, failure) -> {
                            if (failure == null) {
                                return reply.by(answer.referenceText());
                            }
                            LOG.warn(
                                    "{}: the answer cannot be stored and stays in its result: {}",
                                    call,
                                    failure.getMessage());
                            return reply;
                        });
    }

    private static boolean isRepeatable(Throwable failure) {
        return failure instanceof ObjectStoreException
                && ((ObjectStoreException) failure).repeatable();
    }
}
