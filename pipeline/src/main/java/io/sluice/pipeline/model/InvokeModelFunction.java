package io.sluice.pipeline.model;

import io.sluice.contract.PriceBook;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.CallTerms;
import io.sluice.sinks.aws.AwsAccess;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has models answer admitted requests; stores each final result before it emits the outcome. Which
 * waiting call runs next is the {@link CallScheduler}'s affair, and a full lane ends a call at
 * once, so that the operator does not block; only while results are stored more slowly than
 * requests come are these held back, by the operator's records and by their {@link Intake bytes}.
 *
 * <p><b>Key and time.</b> Forward-connected to the keyed operator, so that one tenant's calls meet
 * in one scheduler. Deadlines are absolute and come with the request; the clock decides when to
 * start, repeat and give up.
 *
 * <p><b>State.</b> None of its own: the async operator keeps the orders it has not completed, and
 * brings them again after a restore, in no order and before the first checkpoint.
 *
 * <p><b>Emits.</b> Exactly one end per request: its outcome, and a dead letter if it was tried in
 * vain (see {@link CallLetters}), built from the stored result that stands: answered, cancelled, or
 * failed with reason {@code lane-full}, {@code deadline}, {@code unavailable}, {@code model-error}
 * or {@code payload-error}. While the store does not answer, nothing is emitted and nothing is
 * lost. A withdrawal emits nothing itself: if it finds its request waiting, that request's outcome
 * is cancelled.
 *
 * <p><b>On replay.</b> Each attempt is in the ledger before the model is called and its end before
 * anybody hears of it. So a finished attempt is not made again: its stored outcome is used. One
 * that an earlier run left without an end is ambiguous, and the tenant's policy says whether the
 * call is made again. A stop waits a while for the ends of calls under way, so that few are left
 * like that. The result that is stored first stands, so the tenant is billed once. A withdrawal
 * stays in the operator until the result of what it withdrew is stored. After a rescale a tenant's
 * recovered calls may sit in another subtask than its new ones; until they are drained, its bound
 * on calls at once holds per subtask. What targets bear is learned anew, and a minute's quota
 * counts from nothing.
 */
public final class InvokeModelFunction extends RichAsyncFunction<CallOrder, CallEnd>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final InvokerFactory invokers;
    private transient boolean restoring;
    private transient @Nullable Intake intake;
    private transient @Nullable ModelInvoker invoker;
    private transient @Nullable OrdersUnderWay underWay;

    InvokeModelFunction(InvokerFactory invokers) {
        this.invokers = invokers;
    }

    /**
     * Calls Amazon Bedrock, and keeps large payloads where the settings say.
     *
     * @param prices read once per subtask, when the job starts
     */
    public static InvokeModelFunction onBedrock(
            AwsAccess bedrock,
            AwsAccess s3,
            CallStores stores,
            SerializableSupplier<PriceBook> prices,
            InvokeSettings settings,
            PayloadSettings payloads) {
        InvokerClock clock = new SystemInvokerClock();
        ModelClient.Factory clients =
                LargePayloadClient.around(
                        BedrockModelClient.at(bedrock, settings.longestGeneration()),
                        payloads,
                        s3,
                        clock,
                        InvokerFactory.FIRST_BACKOFF_MILLIS,
                        InvokerFactory.LAST_BACKOFF_MILLIS);
        return new InvokeModelFunction(
                new InvokerFactory(clients, bedrock.region(), stores, prices, settings, clock));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        restoring = context.isRestored();
    }

    /** The operator has brought all it restored before the first checkpoint of this run. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        restoring = false;
        opened(invoker).restored();
    }

    @Override
    public void open(OpenContext context) {
        Intake bounded = new Intake(invokers.settings().operatorBytes());
        CircuitWatch circuits = new CircuitWatch();
        intake = bounded;
        underWay =
                new OrdersUnderWay(
                        bounded, end -> end.telling(circuits.takeOpened(invokers.nowMillis())));
        invoker = invokers.open(getRuntimeContext(), restoring, circuits::add);
    }

    @Override
    public void asyncInvoke(CallOrder order, ResultFuture<CallEnd> result)
            throws InterruptedException {
        AdmittedRequest admitted = order.admitted();
        if (admitted == null) {
            opened(invoker)
                    .withdraw(
                            order.tenantId(), order.requestId(), () -> result.complete(List.of()));
        } else {
            start(admitted, result);
        }
    }

    private void start(AdmittedRequest admitted, ResultFuture<CallEnd> result)
            throws InterruptedException {
        long bytes = CallTerms.bytesOf(admitted);
        takeIn(bytes);
        ModelInvoker open = opened(invoker);
        opened(underWay).begin(result, bytes, completion -> open.submit(admitted, completion));
    }

    private void takeIn(long bytes) throws InterruptedException {
        if (restoring) {
            opened(intake).takeRestored(bytes);
        } else {
            opened(intake).take(bytes);
        }
    }

    /**
     * Ends the request as failed, or by what its last attempt comes to, if one is under way; its
     * result is stored like any other. A withdrawal only waits for such a result.
     */
    @Override
    public void timeout(CallOrder order, ResultFuture<CallEnd> result) {
        Invocation invocation = opened(underWay).of(result);
        if (invocation != null) {
            opened(invoker).giveUp(invocation);
        }
    }

    @Override
    public void close() {
        if (invoker != null) {
            invoker.stop(invokers.settings().stopWait());
            invoker.close();
        }
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the function is not open");
        }
        return part;
    }
}
