package io.sluice.pipeline.model;

import io.sluice.contract.json.MalformedJsonException;
import io.sluice.objects.PayloadStore;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls models with prompts that lie in the object store ({@link StoredPrompts}), and leaves large
 * answers there ({@link StoredAnswers}). A prompt is in memory from just before its call until the
 * end of it, within a bound of bytes; a large answer is stored before anybody hears of it.
 *
 * <p>Thread-safe, never blocks.
 */
final class LargePayloadClient implements ModelClient {
    private final ModelClient client;
    private final @Nullable PayloadStore store;
    private final StoredPrompts prompts;
    private final StoredAnswers answers;
    private final ByteBudget budget;
    private final PayloadRepeats repeats;

    /** A client that takes over the other one and the store; null if there is no store. */
    LargePayloadClient(
            ModelClient client,
            @Nullable PayloadStore store,
            PayloadSettings settings,
            InvokerClock clock,
            Backoff backoff) {
        this.client = client;
        this.store = store;
        this.repeats = new PayloadRepeats(clock, backoff);
        this.prompts = new StoredPrompts(store, repeats, clock);
        this.answers = new StoredAnswers(store, settings.inlineBytes(), repeats);
        this.budget = new ByteBudget(settings.inFlightBytes());
    }

    /** Opens such clients around {@link SealedPayloadClient}s around others. */
    static ModelClient.Factory around(
            ModelClient.Factory clients,
            PayloadSettings settings,
            AwsAccess s3,
            InvokerClock clock,
            long firstBackoffMillis,
            long lastBackoffMillis) {
        return maxConcurrency -> {
            try (OpenedParts opened = new OpenedParts()) {
                Backoff backoff =
                        new Backoff(firstBackoffMillis, lastBackoffMillis, Jitter.random());
                ModelClient plain = opened.add(clients.open(maxConcurrency));
                ModelClient client =
                        opened.add(
                                new SealedPayloadClient(
                                        plain, settings.openVault(s3, clock), clock, backoff));
                return opened.takenOverBy(
                        new LargePayloadClient(
                                client, settings.open(s3), settings, clock, backoff));
            }
        };
    }

    @Override
    public CompletableFuture<ModelReply> converse(ModelCall call) {
        Set<String> references;
        long bytes;
        try {
            references = WholePrompt.references(call);
            bytes = WholePrompt.bytes(references);
        } catch (MalformedJsonException e) {
            return CompletableFuture.failedFuture(
                    new ModelException(
                            ModelFailure.PAYLOAD, Contact.NONE, call + ": " + e.getMessage(), e));
        }
        if (references.isEmpty()) {
            return client.converse(call);
        }
        return budget.take(bytes)
                .thenCompose(room -> prompts.whole(call, references))
                .thenCompose(client::converse)
                .whenComplete((reply, failure) -> budget.giveBack(bytes));
    }

    @Override
    public CompletableFuture<ModelReply> kept(ModelCall call, ModelReply reply) {
        return answers.kept(call, reply);
    }

    @Override
    public void close() {
        repeats.close();
        client.close();
        if (store != null) {
            store.close();
        }
    }

    /** Bytes of prompts in memory. */
    long bytesInFlight() {
        return budget.taken();
    }
}
