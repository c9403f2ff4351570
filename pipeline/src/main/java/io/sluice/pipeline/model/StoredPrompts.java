package io.sluice.pipeline.model;

import io.sluice.objects.PayloadStore;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings prompts that lie in the object store. One that is lost fails for good ({@link
 * ModelFailure#PAYLOAD_LOST}); while the store does not answer, it is asked again until the
 * request's deadline ({@link ModelFailure#PROMPT_LATE}). Thread-safe, never blocks.
 */
final class StoredPrompts {
    private final @Nullable PayloadStore store;
    private final PromptsInTime inTime;

    /** Prompts of that store; null if there is none, and then every reference is lost. */
    StoredPrompts(@Nullable PayloadStore store, PayloadRepeats repeats, InvokerClock clock) {
        this.store = store;
        this.inTime = new PromptsInTime(repeats, clock);
    }

    /** The call with the texts for its references; fails with a {@link ModelException}. */
    CompletableFuture<ModelCall> whole(ModelCall call, Set<String> references) {
        Map<String, String> texts = new HashMap<>();
        return fetch(call, new ArrayDeque<>(references), texts)
                .thenApply(all -> inTime.check(WholePrompt.of(call, texts)));
    }

    /** One after the other: a call has one prompt, and seldom turns that lie elsewhere. */
    private CompletableFuture<Void> fetch(
            ModelCall call, ArrayDeque<String> left, Map<String, String> texts) {
        String next = left.poll();
        if (next == null) {
            return CompletableFuture.completedFuture(null);
        }
        return fetch(call, next)
                .thenCompose(
                        text -> {
                            texts.put(next, text);
                            return fetch(call, left, texts);
                        });
    }

    private CompletableFuture<String> fetch(ModelCall call, String reference) {
        return inTime.get(call, "the prompt cannot be read", () -> read(call, reference));
    }

    private CompletableFuture<String> read(ModelCall call, String reference) {
        if (store == null) {
            throw new ModelException(
                    ModelFailure.PAYLOAD_LOST,
                    Contact.NONE,
                    call
                            + ": seen a prompt by reference, but there is no object store; set the"
                            + " property Payloads/location to the ingress's",
                    null);
        }
        return store.get(call.tenantId(), reference);
    }
}
