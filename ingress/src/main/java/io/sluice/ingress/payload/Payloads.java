package io.sluice.ingress.payload;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.contract.PayloadKind;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.SealedText;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.objects.LargePayload;
import io.sluice.objects.PayloadLostException;
import io.sluice.objects.PayloadStore;
import io.sluice.objects.seal.PayloadVault;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
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

    /** What stands in the place of a payload that lies apart takes less. */
    private static final int REFERENCE_BYTES = 512;

    private final Optional<PayloadStore> store;
    private final Sealing sealing;
    private final PayloadSettings settings;
    private final AtomicLong inFlightBytes = new AtomicLong();
    private final Counter failures;

    /** In a store, if there is one. */
    public Payloads(
            Optional<PayloadStore> store,
            Sealing sealing,
            PayloadSettings settings,
            MeterRegistry meters) {
        this.store = store;
        this.sealing = sealing;
        this.settings = settings;
        this.failures = meters.counter("sluice.payloads.failed");
        meters.gauge("sluice.payloads.in.flight.bytes", inFlightBytes);
    }

    /** Whether prompts are sealed before they are stored anywhere. */
    public boolean areSealed() {
        return sealing.isOn();
    }

    /** About what the prompt takes on the stream, bytes: sealed it is longer, apart it is short. */
    public int travellingBytes(RequestEvent event) {
        int bytes = event.payload().getBytes(StandardCharsets.UTF_8).length;
        if (store.isPresent() && bytes > settings.inlineBytes()) {
            return REFERENCE_BYTES;
        }
        return sealing.isOn() ? PayloadVault.sealedLength(bytes) : bytes;
    }

    /**
     * The event as it may travel: its prompt sealed, if prompts are, and by reference once it is
     * stored, if it is large. Fails with a 503 problem if that is not possible now.
     */
    public CompletableFuture<RequestEvent> travelling(RequestEvent event) {
        int bytes = event.payload().length();
        return bounded(
                        bytes > settings.inlineBytes() ? bytes : 0,
                        () -> sealing.sealed(event).thenCompose(this::stored))
                .exceptionallyCompose(failure -> unavailable("stored", failure));
    }

    private CompletableFuture<RequestEvent> stored(RequestEvent event) {
        LargePayload apart =
                store.isEmpty()
                        ? null
                        : LargePayload.prompt(
                                event.tenantId(),
                                event.facts().requestId(),
                                event.payload(),
                                settings.inlineBytes());
        return apart == null
                ? CompletableFuture.completedFuture(event)
                : store.get()
                        .put(apart)
                        .thenApply(
                                done -> event.toBuilder().payload(apart.referenceText()).build());
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

    /**
     * What {@code view} makes of a payload of the tenant, wherever it lies and if it is sealed.
     * Memory counts as taken until the view is made. Fails with a {@link PayloadLostException},
     * bare or as a cause, or with a 503 problem.
     *
     * @param requestId the request that it must have been sealed for; null if any of the tenant's
     */
    public <T> CompletableFuture<T> read(
            String tenantId,
            PayloadKind kind,
            @Nullable String requestId,
            String text,
            Function<String, T> view) {
        if (!PayloadReferenceJson.isReference(text)) {
            return readable(opened(tenantId, kind, requestId, text).thenApply(view));
        }
        int bytes;
        try {
            bytes = PayloadReferenceJson.read(text).bytes();
        } catch (MalformedJsonException e) {
            return lost("a payload's reference cannot be read: " + e.getMessage());
        }
        if (store.isEmpty()) {
            return lost("there is no object store: set sluice.objects");
        }
        return readable(
                bounded(
                        bytes,
                        () ->
                                store.get()
                                        .get(tenantId, text)
                                        .thenCompose(
                                                whole -> opened(tenantId, kind, requestId, whole))
                                        .thenApply(view)));
    }

    private CompletableFuture<String> opened(
            String tenantId, PayloadKind kind, @Nullable String requestId, String text) {
        return SealedText.isSealed(text)
                ? sealing.open(tenantId, kind, requestId, text)
                : CompletableFuture.completedFuture(text);
    }

    private <T> CompletableFuture<T> readable(CompletableFuture<T> read) {
        return read.exceptionallyCompose(
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
