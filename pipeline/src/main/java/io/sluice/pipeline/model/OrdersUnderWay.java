package io.sluice.pipeline.model;

import io.sluice.pipeline.enforce.CallEnd;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.jspecify.annotations.Nullable;

/**
 * The invocations that Flink waits for, by the future through which it hears of their ends; so a
 * timeout, which names the future alone, finds its invocation. An end gives the bytes of its
 * request back to the {@link Intake}. Ends come on any thread.
 */
final class OrdersUnderWay {
    private final Intake intake;
    private final UnaryOperator<CallEnd> last;
    private final Map<ResultFuture<CallEnd>, Invocation> invocations = new ConcurrentHashMap<>();

    /**
     * Nothing is under way yet.
     *
     * @param last what is done to each end before Flink has it
     */
    OrdersUnderWay(Intake intake, UnaryOperator<CallEnd> last) {
        this.intake = intake;
        this.last = last;
    }

    /**
     * Begins an invocation whose end goes to that future; it may end before this returns.
     *
     * @param bytes that the intake took in for it
     */
    void begin(
            ResultFuture<CallEnd> result,
            long bytes,
            Function<Invocation.Completion, Invocation> submission) {
        FlinkCompletion completion = new FlinkCompletion(result, bytes);
        Invocation invocation = submission.apply(completion);
        if (!completion.over) {
            invocations.put(result, invocation);
            completion.forgetIfOver();
        }
    }

    /** The invocation that the future waits for; null if it waits for none any more. */
    @Nullable Invocation of(ResultFuture<CallEnd> result) {
        return invocations.get(result);
    }

    /** Hands an end over to Flink. */
    private final class FlinkCompletion implements Invocation.Completion {
        private final ResultFuture<CallEnd> result;
        private final long bytes;
        private volatile boolean over;

        private FlinkCompletion(ResultFuture<CallEnd> result, long bytes) {
            this.result = result;
            this.bytes = bytes;
        }

        @Override
        public void done(CallEnd callEnd) {
            end();
            result.complete(List.of(last.apply(callEnd)));
        }

        @Override
        public void failed(Throwable failure) {
            end();
            result.completeExceptionally(failure);
            intake.open();
        }

        private void forgetIfOver() {
            if (over) {
                invocations.remove(result);
            }
        }

        private void end() {
            over = true;
            invocations.remove(result);
            intake.ended(bytes);
        }
    }
}
