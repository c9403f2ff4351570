package io.sluice.pipeline.model;

import io.sluice.contract.AttemptItem;
import io.sluice.pipeline.model.schedule.AttemptVerdict;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts at targets, each on the ledger and from a place at its target. When one has ended,
 * the target's circuit and its capacity have heard how, and the place is given back. An invocation
 * whose attempts cannot be recorded fails, because no call goes unrecorded. Thread-safe, never
 * blocks.
 */
final class TargetAttempts implements AutoCloseable {
    private final ModelClient client;
    private final AttemptLedger ledger;
    private final InvokerClock clock;

    /** Attempts by that client, which it takes over with the ledger. */
    TargetAttempts(ModelClient client, AttemptLedger ledger, InvokerClock clock) {
        this.client = client;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * One attempt against one target, or what an earlier run made of the attempt of that number,
     * whichever target it went to. False, and nothing follows, if the invocation may have none any
     * more.
     *
     * @param leave for the target at which the call has its place
     * @param onCall runs if this run is about to call the model
     * @param then hears what became of it, once at most; not if the invocation failed
     */
    boolean make(RoutedCall call, Router.Leave leave, Runnable onCall, Consumer<Attempted> then) {
        Invocation invocation = call.invocation();
        if (!invocation.beginAttempt()) {
            leave.permit().unused(clock.millis());
            return false;
        }
        ModelCall modelCall = ModelCall.of(call.admitted(), leave.target());
        var unused =
                ledger.make(
                                invocation,
                                call.attempts() + 1,
                                modelCall,
                                leave.target().key(),
                                () -> {
                                    onCall.run();
                                    return converse(call, modelCall, leave.permit());
                                })
                        .whenComplete(
                                (attempted, failure) ->
                                        invocation.orBroken(
                                                () ->
                                                        ended(
                                                                call, leave, attempted, failure,
                                                                then)));
        return true;
    }

    /** Whether an earlier run can have taken the request on. */
    boolean mayBeKnown(Invocation invocation) {
        return ledger.mayBeKnown(invocation);
    }

    /**
     * Hears of the answer that an earlier run got for a request; null if there is none. The
     * invocation fails if that cannot be found out.
     */
    void recall(Invocation invocation, Consumer<@Nullable AttemptItem> then) {
        var unused =
                ledger.recall(invocation)
                        .whenComplete(
                                (answered, failure) -> {
                                    if (failure == null) {
                                        invocation.orBroken(
                                                () -> then.accept(answered.orElse(null)));
                                    } else {
                                        stop(invocation, failure);
                                    }
                                });
    }

    /** Makes no attempt any more; waits for those under way, see {@link AttemptLedger#stop}. */
    void stop(Duration atMost) {
        ledger.stop(atMost);
    }

    /** What was under way is not stored any more: the next run takes it over. */
    @Override
    public void close() {
        try {
            ledger.close();
        } finally {
            client.close();
        }
    }

    private void ended(
            RoutedCall call,
            Router.Leave leave,
            @Nullable Attempted attempted,
            @Nullable Throwable failure,
            Consumer<Attempted> then) {
        // without effect after a call, which gave it back itself
        leave.permit().unused(clock.millis());
        call.leave(AttemptVerdict.NOT_MADE);
        call.invocation().pause();
        if (attempted != null) {
            then.accept(attempted);
        } else {
            stop(call.invocation(), Objects.requireNonNull(failure));
        }
    }

    private CompletableFuture<ModelReply> converse(
            RoutedCall call, ModelCall modelCall, Circuit.Permit permit) {
        CompletableFuture<ModelReply> answer;
        try {
            answer = client.converse(modelCall);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.whenComplete(
                        (reply, failure) -> {
                            if (failure == null) {
                                permit.succeeded(clock.millis());
                                call.leave(AttemptVerdict.answered(reply.usage()));
                            } else {
                                ModelException refusal =
                                        BedrockFailures.toException(failure, modelCall);
                                permit.failed(refusal.failure(), clock.millis());
                                call.invocation().failedWith(CallError.of(refusal));
                                call.leave(refusal.failure().verdict());
                            }
                        })
                .thenCompose(reply -> client.kept(modelCall, reply));
    }

    private static void stop(Invocation invocation, Throwable failure) {
        invocation
                .completion()
                .failed(
                        new IllegalStateException(
                                "the attempts of "
                                        + invocation.facts().requestId()
                                        + " cannot be recorded, and no call goes unrecorded; correct"
                                        + " the cause, the job goes on from its last checkpoint",
                                failure));
    }
}
