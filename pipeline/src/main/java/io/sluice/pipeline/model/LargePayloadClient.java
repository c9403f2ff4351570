package io.sluice.pipeline.model;

import io.sluice.contract.json.MalformedJsonException;
import io.sluice.objects.LargePayload;
import io.sluice.objects.ObjectStoreException;
import io.sluice.objects.PayloadLostException;
import io.sluice.objects.PayloadStore;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsFailures;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls models with prompts that lie in the object store, and leaves large answers there. A prompt
 * is in memory from just before its call until the end of it, within a bound of bytes; a large
 * answer is stored before anybody hears of it.
 *
 * <p>A prompt that is lost fails the call for good ({@link ModelFailure#PAYLOAD_LOST}). While the
 * store does not answer, a prompt is asked for again until the request's deadline, and an answer,
 * which is paid for, is put again for as long as this client is open. An answer that the store
 * refuses for good stays in the reply: what takes it from here may have room for it.
 *
 * <p>Thread-safe, never blocks.
 */
final class LargePayloadClient implements ModelClient {
    private static final Logger LOG = LoggerFactory.getLogger(LargePayloadClient.class);
    private static final int WARN_EVERY = 10;

    private final ModelClient client;
    private final @Nullable PayloadStore store;
    private final int inlineBytes;
    private final ByteBudget budget;
    private final InvokerClock clock;
    private final Backoff backoff;
    private volatile boolean closed;

    /** A client that takes over the other one and the store; null if there is no store. */
    LargePayloadClient(
            ModelClient client,
            @Nullable PayloadStore store,
            PayloadSettings settings,
            InvokerClock clock,
            Backoff backoff) {
        this.client = client;
        this.store = store;
        this.inlineBytes = settings.inlineBytes();
        this.budget = new ByteBudget(settings.inFlightBytes());
        this.clock = clock;
        this.backoff = backoff;
    }

    /** Opens such clients around others. */
    static ModelClient.Factory around(
            ModelClient.Factory clients,
            PayloadSettings settings,
            AwsAccess s3,
            InvokerClock clock,
            long firstBackoffMillis,
            long lastBackoffMillis) {
        return maxConcurrency ->
                new LargePayloadClient(
                        clients.open(maxConcurrency),
                        settings.open(s3),
                        settings,
                        clock,
                        new Backoff(firstBackoffMillis, lastBackoffMillis, Jitter.random()));
    }

    @Override
    public CompletableFuture<ModelReply> converse(ModelCall call) {
        Set<String> references;
        long bytes;
        try {
            references = WholePrompt.references(call);
            bytes = WholePrompt.bytes(references);
        } catch (MalformedJsonException e) {
            return failed(ModelFailure.PAYLOAD, call + ": " + e.getMessage(), e);
        }
        if (references.isEmpty()) {
            return client.converse(call);
        }
        return budget.take(bytes)
                .thenCompose(room -> whole(call, references))
                .thenCompose(this::converseInTime)
                .whenComplete((reply, failure) -> budget.giveBack(bytes));
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        if (store != null) {
            store.close();
        }
    }

    /** Bytes of prompts in memory. */
    long bytesInFlight() {
        return budget.taken();
    }

    private CompletableFuture<ModelCall> whole(ModelCall call, Set<String> references) {
        Map<String, String> texts = new HashMap<>();
        return fetch(call, new ArrayDeque<>(references), texts)
                .thenApply(all -> WholePrompt.of(call, texts));
    }

    /** Whoever fetched for long may be too late by now. */
    private CompletableFuture<ModelReply> converseInTime(ModelCall whole) {
        return isLate(whole) ? tooLate(whole) : client.converse(whole);
    }

    private boolean isLate(ModelCall call) {
        return clock.millis() >= call.deadlineAtMillis();
    }

    private static <T> CompletableFuture<T> tooLate(ModelCall call) {
        return failed(ModelFailure.PROMPT_LATE, call + ": the prompt was not read in time", null);
    }

    /** One after the other: a call has one prompt, and seldom turns that lie elsewhere. */
    private CompletableFuture<Void> fetch(
            ModelCall call, ArrayDeque<String> left, Map<String, String> texts) {
        String next = left.poll();
        if (next == null) {
            return CompletableFuture.completedFuture(null);
        }
        return fetch(call, next, 1)
                .thenCompose(
                        text -> {
                            texts.put(next, text);
                            return fetch(call, left, texts);
                        });
    }

    private CompletableFuture<String> fetch(ModelCall call, String reference, int attempt) {
        if (store == null) {
            return failed(
                    ModelFailure.PAYLOAD_LOST,
                    call
                            + ": seen a prompt by reference, but there is no object store; set the"
                            + " property Payloads/location to the ingress's",
                    null);
        }
        if (isLate(call)) {
            return tooLate(call);
        }
        return orElse(
                begun(() -> store.get(call.tenantId(), reference)),
                failure -> refetch(call, reference, attempt, failure));
    }

    private CompletableFuture<String> refetch(
            ModelCall call, String reference, int attempt, Throwable failure) {
        Throwable cause = AwsFailures.unwrapped(failure);
        if (cause instanceof PayloadLostException) {
            LOG.warn("{}: the prompt is lost: {}", call, cause.getMessage());
            return failed(ModelFailure.PAYLOAD_LOST, call + ": " + cause.getMessage(), cause);
        }
        warn(call + ": the prompt cannot be read", attempt, cause);
        return later(attempt).thenCompose(due -> fetch(call, reference, attempt + 1));
    }

    @Override
    public CompletableFuture<ModelReply> kept(ModelCall call, ModelReply reply) {
        LargePayload answer =
                store == null
                        ? null
                        : LargePayload.answer(
                                call.tenantId(), call.requestId(), reply.payload(), inlineBytes);
        return answer == null
                ? CompletableFuture.completedFuture(reply)
                : put(call, reply, answer, 1);
    }

    private CompletableFuture<ModelReply> put(
            ModelCall call, ModelReply reply, LargePayload answer, int attempt) {
        PayloadStore open = Objects.requireNonNull(store);
        return orElse(
                begun(() -> open.put(answer)).thenApply(stored -> reply.by(answer.referenceText())),
                failure -> putAgain(call, reply, answer, attempt, failure));
    }

    /** A client that is closed leaves it to the next run of the job. */
    private CompletableFuture<ModelReply> putAgain(
            ModelCall call, ModelReply reply, LargePayload answer, int attempt, Throwable failure) {
        Throwable cause = AwsFailures.unwrapped(failure);
        warn(call + ": the answer cannot be stored", attempt, cause);
        boolean again =
                cause instanceof ObjectStoreException
                        && ((ObjectStoreException) cause).repeatable();
        return again
                ? later(attempt).thenCompose(due -> put(call, reply, answer, attempt + 1))
                : CompletableFuture.completedFuture(reply);
    }

    /** Completes when the next attempt is due; never, once this client is closed. */
    private CompletableFuture<Void> later(int attempt) {
        CompletableFuture<Void> due = new CompletableFuture<>();
        clock.after(
                backoff.delayMillis(attempt),
                () -> {
                    if (!closed) {
                        due.complete(null);
                    }
                });
        return due;
    }

    private static void warn(String what, int attempt, Throwable cause) {
        if (attempt % WARN_EVERY == 1) {
            LOG.warn("{}, attempt {}: {}", what, attempt, cause.getMessage());
        }
    }

    /** What Java 12 calls {@code exceptionallyCompose}. */
    private static <T> CompletableFuture<T> orElse(
            CompletableFuture<T> answer, Function<Throwable, CompletableFuture<T>> otherwise) {
        CompletableFuture<CompletableFuture<T>> next = new CompletableFuture<>();
        var unused =
                answer.whenComplete(
                        (done, failure) ->
                                next.complete(
                                        failure == null
                                                ? CompletableFuture.completedFuture(done)
                                                : otherwise.apply(failure)));
        return next.thenCompose(Function.identity());
    }

    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T> CompletableFuture<T> failed(
            ModelFailure failure, String message, @Nullable Throwable cause) {
        return CompletableFuture.failedFuture(
                new ModelException(failure, Contact.NONE, message, cause));
    }
}
