package io.sluice.ingress.payload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.objects.LargePayload;
import io.sluice.objects.PayloadLostException;
import io.sluice.objects.PayloadStore;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Large payloads as the ingress handles them: so many bytes at a time, and a store that does not
 * answer is a {@code 503}. Without a store every payload travels inside its event, as long as it
 * fits. Thread-safe, never blocks.
 */
@Singleton
public final class Payloads {
    private static final Logger LOG = LoggerFactory.getLogger(Payloads.class);

    private final Optional<PayloadStore> store;
    private final PayloadSettings settings;
    private final AtomicLong inFlightBytes = new AtomicLong();
    private final Counter failures;

    /** In a store, if there is one. */
    public Payloads(Optional<PayloadStore> store, PayloadSettings settings, MeterRegistry meters) {
        this.store = store;
        this.settings = settings;
        this.failures = meters.counter("sluice.payloads.failed");
        meters.gauge("sluice.payloads.in.flight.bytes", inFlightBytes);
    }

    /** The event's prompt if it is to be stored apart; null if it travels with the event. */
    public @Nullable LargePayload apart(RequestEvent event) {
        return store.isEmpty()
                ? null
                : LargePayload.prompt(
                        event.tenantId(),
                        event.facts().requestId(),
                        event.payload(),
                        settings.inlineBytes());
    }

    /**
     * Takes room for a body while it is read, which takes several times its length; a 503 problem
     * if there is none. A small body needs none.
     */
    public Room room(int bodyBytes) {
        long bytes = bodyBytes <= settings.inlineBytes() ? 0 : bodyBytes;
        if (!taken(bytes)) {
            throw busy();
        }
        return () -> inFlightBytes.addAndGet(-bytes);
    }

    /** Room in memory; closing gives it back. */
    @FunctionalInterface
    public interface Room {
        /** Gives it back; once. */
        void close();
    }

    /** Stores a payload; fails with a 503 problem if that is not possible now. */
    public CompletableFuture<Void> put(LargePayload payload) {
        return bounded(payload.length(), () -> store.orElseThrow().put(payload))
                .exceptionallyCompose(failure -> unavailable("stored", failure));
    }

    /**
     * What {@code view} makes of the payload behind a reference of the tenant. Memory counts as
     * taken until the view is made. Fails with a {@link PayloadLostException}, bare or as a cause,
     * or with a 503 problem.
     */
    public <T> CompletableFuture<T> read(
            String tenantId, String referenceText, Function<String, T> view) {
        int bytes;
        try {
            bytes = PayloadReferenceJson.read(referenceText).bytes();
        } catch (MalformedJsonException e) {
            return lost("a payload's reference cannot be read: " + e.getMessage());
        }
        if (store.isEmpty()) {
            return lost("there is no object store: set sluice.objects");
        }
        return bounded(bytes, () -> store.get().get(tenantId, referenceText).thenApply(view))
                .exceptionallyCompose(
                        failure ->
                                isLost(failure)
                                        ? CompletableFuture.failedFuture(failure)
                                        : unavailable("read", failure));
    }

    /** Whether a read failed because the payload cannot be had any more. */
    public static boolean isLost(Throwable failure) {
        return cause(failure) instanceof PayloadLostException;
    }

    private <T> CompletableFuture<T> bounded(long bytes, Supplier<CompletableFuture<T>> work) {
        if (!taken(bytes)) {
            return CompletableFuture.failedFuture(busy());
        }
        CompletableFuture<T> answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete((done, failure) -> inFlightBytes.addAndGet(-bytes));
    }

    private boolean taken(long bytes) {
        if (bytes > 0 && inFlightBytes.addAndGet(bytes) > settings.inFlightBytes()) {
            inFlightBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    private static ProblemException busy() {
        return Problem.busy("Too many large prompts and answers are on their way.", 1)
                .asException();
    }

    private <T> CompletableFuture<T> unavailable(String done, Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ProblemException) {
            return CompletableFuture.failedFuture(cause);
        }
        failures.increment();
        LOG.warn("a payload could not be {}: {}", done, cause.getMessage());
        return CompletableFuture.failedFuture(
                Problem.busy("The prompt or answer could not be " + done + ". Try again.", 1)
                        .asException());
    }

    private static <T> CompletableFuture<T> lost(String message) {
        return CompletableFuture.failedFuture(new PayloadLostException(message));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
