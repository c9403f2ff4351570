package io.sluice.pipeline.model;

import io.sluice.contract.Usage;
import io.sluice.contract.json.AnswerPayload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A model that answers at once, with the failures it was given, or, while stalling, when told to.
 */
final class ScriptedModelClient implements ModelClient {
    final List<ModelCall> calls = new ArrayList<>();
    final Deque<ModelFailure> failuresToCome = new ArrayDeque<>();
    final Deque<CompletableFuture<ModelReply>> stalled = new ArrayDeque<>();

    /** By {@link io.sluice.contract.Target#placeKey()}, how every call there fails. */
    final Map<String, ModelFailure> failing = new HashMap<>();

    /** Places whose calls never end. */
    final Set<String> hanging = new HashSet<>();

    /** Completes when answers are kept; null if at once. */
    @Nullable CompletableFuture<Void> keeping;

    boolean stalling;
    boolean isClosed;

    @Override
    public CompletableFuture<ModelReply> converse(ModelCall call) {
        calls.add(call);
        if (hanging.contains(call.target().placeKey())) {
            return new CompletableFuture<>();
        }
        if (stalling) {
            CompletableFuture<ModelReply> answer = new CompletableFuture<>();
            stalled.add(answer);
            return answer;
        }
        ModelFailure failure = failing.get(call.target().placeKey());
        if (failure == null) {
            failure = failuresToCome.poll();
        }
        return failure == null
                ? CompletableFuture.completedFuture(reply("hello"))
                : CompletableFuture.failedFuture(failure(failure));
    }

    @Override
    public CompletableFuture<ModelReply> kept(ModelCall call, ModelReply reply) {
        return keeping == null
                ? CompletableFuture.completedFuture(reply)
                : keeping.thenApply(done -> reply);
    }

    @Override
    public void close() {
        isClosed = true;
    }

    static ModelReply reply(String text) {
        return new ModelReply(
                AnswerPayload.ofText(text, "end_turn"), "end_turn", Usage.of(1_000, 100));
    }

    static ModelException failure(ModelFailure kind) {
        return new ModelException(kind, contact(kind), "as told", null);
    }

    private static Contact contact(ModelFailure kind) {
        return switch (kind) {
            case THROTTLED, TRANSIENT, MODEL_FAILED, UNREADABLE, REFUSED_HERE, PERMANENT ->
                    Contact.ANSWERED;
            case UNAVAILABLE, UNAUTHENTICATED -> Contact.UNREACHED;
            case LOST, TIMEOUT, INTERRUPTED -> Contact.UNANSWERED;
            case PAYLOAD, PAYLOAD_LOST, PROMPT_LATE, LATE -> Contact.NONE;
        };
    }
}
