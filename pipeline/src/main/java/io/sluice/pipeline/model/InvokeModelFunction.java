package io.sluice.pipeline.model;

import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.PriceBook;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import io.sluice.sinks.result.DynamoDbResultStore;
import io.sluice.sinks.result.ResultStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * once, so that the operator never blocks.
 *
 * <p><b>Key and time.</b> Forward-connected to the keyed operator, so that one tenant's calls meet
 * in one scheduler. Deadlines are absolute and come with the request; the clock decides when to
 * start, repeat and give up.
 *
 * <p><b>State.</b> None of its own: the async operator keeps the orders it has not completed, and
 * brings them again after a restore, in no order and before the first checkpoint.
 *
 * <p><b>Emits.</b> Exactly one outcome per request, built from the stored result that stands:
 * answered, cancelled, or failed with reason {@code lane-full}, {@code deadline}, {@code
 * model-error} or {@code payload-error}. While the store does not answer, nothing is emitted and
 * nothing is lost. A withdrawal emits nothing itself: if it finds its request waiting, that
 * request's outcome is cancelled.
 *
 * <p><b>On replay.</b> A request whose result is already stored may be called once more, but the
 * stored result, its usage and cost are adopted, so the tenant is billed once and sees one answer.
 * A withdrawal stays in the operator until the result of what it withdrew is stored. After a
 * rescale a tenant's recovered calls may sit in another subtask than its new ones; until they are
 * drained, its bound on calls at once holds per subtask. What targets bear is learned anew, and a
 * minute's quota counts from nothing.
 */
public final class InvokeModelFunction extends RichAsyncFunction<CallOrder, OutcomeEvent>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final int CONCURRENT_PUTS = 16;
    private static final long FIRST_BACKOFF_MILLIS = 200;
    private static final long LAST_BACKOFF_MILLIS = 5_000;

    private final ModelClient.Factory clients;
    private final ResultStore.Factory stores;
    private final SerializableSupplier<PriceBook> prices;
    private final InvokeSettings settings;
    private final InvokerClock clock;
    private transient boolean restoring;
    private transient @Nullable ModelInvoker invoker;
    private transient @Nullable Map<ResultFuture<OutcomeEvent>, Invocation> underWay;

    InvokeModelFunction(
            ModelClient.Factory clients,
            ResultStore.Factory stores,
            SerializableSupplier<PriceBook> prices,
            InvokeSettings settings,
            InvokerClock clock) {
        this.clients = clients;
        this.stores = stores;
        this.prices = prices;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Calls Amazon Bedrock and stores into DynamoDB.
     *
     * @param prices read once per subtask, when the job starts
     */
    public static InvokeModelFunction onBedrock(
            AwsAccess bedrock,
            AwsAccess dynamoDb,
            String requestsTable,
            SerializableSupplier<PriceBook> prices,
            InvokeSettings settings) {
        return new InvokeModelFunction(
                BedrockModelClient.at(bedrock, settings.longestGeneration()),
                DynamoDbResultStore.in(dynamoDb, requestsTable),
                prices,
                settings,
                new SystemInvokerClock());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        restoring = context.isRestored();
    }

    /** The operator has brought all it restored before the first checkpoint of this run. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        opened(invoker).restored();
    }

    @Override
    public void open(OpenContext context) {
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        CallScheduler<Invocation> scheduler = settings.schedulerOf(subtask, subtasks);
        InvokeMetrics metrics =
                new InvokeMetrics(getRuntimeContext().getMetricGroup(), scheduler, clock::millis);
        Backoff backoff = new Backoff(FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS, Jitter.random());
        FinalResults results = new FinalResults(prices.get());
        underWay = new ConcurrentHashMap<>();
        invoker =
                new ModelInvoker(
                        new ModelCaller(
                                clients.open(settings.callsOf(subtask, subtasks)),
                                results,
                                clock,
                                backoff,
                                settings.maxAttempts(),
                                metrics),
                        results,
                        scheduler,
                        new ResultWriter(
                                stores.open(CONCURRENT_PUTS),
                                CONCURRENT_PUTS,
                                clock,
                                backoff,
                                metrics),
                        clock,
                        metrics,
                        restoring);
    }

    @Override
    public void asyncInvoke(CallOrder order, ResultFuture<OutcomeEvent> result) {
        AdmittedRequest admitted = order.admitted();
        if (admitted == null) {
            opened(invoker)
                    .withdraw(
                            order.tenantId(), order.requestId(), () -> result.complete(List.of()));
        } else {
            start(admitted, result);
        }
    }

    private void start(AdmittedRequest admitted, ResultFuture<OutcomeEvent> result) {
        Map<ResultFuture<OutcomeEvent>, Invocation> invocations = opened(underWay);
        AsyncCompletion completion = new AsyncCompletion(result, invocations);
        Invocation invocation = opened(invoker).submit(admitted, completion);
        if (!completion.isOver()) {
            invocations.put(result, invocation);
            completion.forgetIfOver();
        }
    }

    /**
     * Ends the request as failed; its result is stored like any other. A withdrawal only waits for
     * such a result.
     */
    @Override
    public void timeout(CallOrder order, ResultFuture<OutcomeEvent> result) {
        Invocation invocation = opened(underWay).get(result);
        if (invocation != null) {
            opened(invoker).giveUp(invocation);
        }
    }

    @Override
    public void close() {
        if (invoker != null) {
            invoker.close();
        }
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the function is not open");
        }
        return part;
    }

    /** Hands an end over to Flink. */
    private static final class AsyncCompletion implements Invocation.Completion {
        private final ResultFuture<OutcomeEvent> result;
        private final Map<ResultFuture<OutcomeEvent>, Invocation> invocations;
        private volatile boolean over;

        private AsyncCompletion(
                ResultFuture<OutcomeEvent> result,
                Map<ResultFuture<OutcomeEvent>, Invocation> invocations) {
            this.result = result;
            this.invocations = invocations;
        }

        @Override
        public void done(OutcomeEvent outcome) {
            end();
            result.complete(List.of(outcome));
        }

        @Override
        public void failed(Throwable failure) {
            end();
            result.completeExceptionally(failure);
        }

        private boolean isOver() {
            return over;
        }

        private void forgetIfOver() {
            if (over) {
                invocations.remove(result);
            }
        }

        private void end() {
            over = true;
            invocations.remove(result);
        }
    }
}
