package io.sluice.pipeline.model;

import io.sluice.contract.PayloadKind;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.SealedText;
import io.sluice.contract.json.TurnPayload;
import io.sluice.objects.key.DataKey;
import io.sluice.objects.seal.PayloadVault;
import io.sluice.sinks.aws.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls models with sealed prompts: opens them right before the call, and seals the answer with the
 * prompt's key before anybody else sees it. The key is at hand before the call is made, so no
 * answer that was paid for is lost for want of it. A prompt that came in the clear is answered in
 * the clear: whether to seal is the ingress's to say.
 *
 * <p>The prompt must have been sealed for this request. Earlier turns may be of any request of the
 * tenant. Thread-safe, never blocks.
 */
final class SealedPayloadClient implements ModelClient {
    private final ModelClient client;
    private final @Nullable PayloadVault vault;
    private final PayloadRepeats repeats;
    private final PromptsInTime inTime;

    /** A client that takes over the other one and the vault; null if there are no keys. */
    SealedPayloadClient(
            ModelClient client, @Nullable PayloadVault vault, InvokerClock clock, Backoff backoff) {
        this.client = client;
        this.vault = vault;
        this.repeats = new PayloadRepeats(clock, backoff);
        this.inTime = new PromptsInTime(repeats, clock);
    }

    @Override
    public CompletableFuture<ModelReply> converse(ModelCall call) {
        boolean sealed = SealedText.isSealed(call.payload());
        if (!sealed && call.earlierTurns().stream().noneMatch(TurnPayload::isOpaque)) {
            return client.converse(call);
        }
        PayloadVault open = vault;
        if (open == null) {
            return CompletableFuture.failedFuture(
                    new ModelException(
                            ModelFailure.PAYLOAD_LOST,
                            Contact.NONE,
                            call
                                    + ": seen a sealed prompt, but there are no keys; set the"
                                    + " properties Payloads/keys.location and keys.master to the"
                                    + " ingress's",
                            null));
        }
        return turns(open, call, 0, new ArrayList<>())
                .thenCompose(
                        turns ->
                                sealed
                                        ? answered(open, call, turns)
                                        : client.converse(call.with(turns, call.payload())));
    }

    private CompletableFuture<ModelReply> answered(
            PayloadVault open, ModelCall call, List<String> turns) {
        String sealed = call.payload();
        return inTime.get(
                        call,
                        "the key of the prompt cannot be had",
                        () -> open.keyOf(call.tenantId(), sealed))
                .thenCompose(
                        key ->
                                opened(open, call, PayloadKind.PROMPT, call.requestId(), sealed)
                                        .thenApply(inClear -> call.with(turns, inClear))
                                        .thenApply(inTime::check)
                                        .thenCompose(client::converse)
                                        .thenApply(reply -> sealed(open, key, call, reply)));
    }

    private static ModelReply sealed(
            PayloadVault open, DataKey key, ModelCall call, ModelReply reply) {
        return reply.by(open.sealAnswer(key, call.tenantId(), call.requestId(), reply.payload()));
    }

    /** One after the other: keys are at hand nearly always. */
    private CompletableFuture<List<String>> turns(
            PayloadVault open, ModelCall call, int place, List<String> done) {
        if (place == call.earlierTurns().size()) {
            return CompletableFuture.completedFuture(done);
        }
        return turn(open, call, call.earlierTurns().get(place))
                .thenCompose(
                        turn -> {
                            done.add(turn);
                            return turns(open, call, place + 1, done);
                        });
    }

    private CompletableFuture<String> turn(PayloadVault open, ModelCall call, String turn) {
        if (!TurnPayload.isOpaque(turn)) {
            return CompletableFuture.completedFuture(turn);
        }
        String prompt;
        String answer;
        try {
            prompt = TurnPayload.promptOf(turn);
            answer = TurnPayload.answerOf(turn);
        } catch (MalformedJsonException e) {
            return CompletableFuture.failedFuture(
                    new ModelException(
                            ModelFailure.PAYLOAD, Contact.NONE, call + ": " + e.getMessage(), e));
        }
        return opened(open, call, PayloadKind.PROMPT, null, prompt)
                .thenCompose(
                        asked ->
                                answer == null
                                        ? CompletableFuture.completedFuture(
                                                TurnPayload.of(asked, null))
                                        : opened(open, call, PayloadKind.ANSWER, null, answer)
                                                .thenApply(given -> TurnPayload.of(asked, given)));
    }

    private CompletableFuture<String> opened(
            PayloadVault open,
            ModelCall call,
            PayloadKind kind,
            @Nullable String requestId,
            String text) {
        return SealedText.isSealed(text)
                ? inTime.get(
                        call,
                        "the key of a prompt cannot be had",
                        () -> open.open(call.tenantId(), kind, requestId, text))
                : CompletableFuture.completedFuture(text);
    }

    @Override
    public CompletableFuture<ModelReply> kept(ModelCall call, ModelReply reply) {
        return client.kept(call, reply);
    }

    @Override
    public void close() {
        repeats.close();
        client.close();
        if (vault != null) {
            vault.close();
        }
    }
}
