package io.sluice.pipeline.model;

import io.sluice.contract.PriceBook;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import io.sluice.sinks.ledger.AttemptStore;
import io.sluice.sinks.ledger.DynamoDbAttemptStore;
import io.sluice.sinks.result.DynamoDbResultStore;
import io.sluice.sinks.result.ResultStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
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
    private static final int CONCURRENT_PUTS = 16;
    private static final long FIRST_BACKOFF_MILLIS = 200;
    private static final long LAST_BACKOFF_MILLIS = 5_000;

    private final ModelClient.Factory clients;
    private final AttemptStore.Factory ledgers;
    private final ResultStore.Factory stores;
    private final SerializableSupplier<PriceBook> prices;
    private final InvokeSettings settings;
    private final String ownRegion;
    private final InvokerClock clock;
    private transient boolean restoring;
    private transient @Nullable Intake intake;
    private transient @Nullable CircuitWatch circuits;
    private transient @Nullable ModelInvoker invoker;
    private transient @Nullable Map<ResultFuture<CallEnd>, Invocation> underWay;

    InvokeModelFunction(
            ModelClient.Factory clients,
            AttemptStore.Factory ledgers,
            ResultStore.Factory stores,
            SerializableSupplier<PriceBook> prices,
            InvokeSettings settings,
            String ownRegion,
            InvokerClock clock) {
        this.clients = clients;
        this.ledgers = ledgers;
        this.stores = stores;
        this.prices = prices;
        this.settings = settings;
        this.ownRegion = ownRegion;
        this.clock = clock;
    }

    /**
     * Calls Amazon Bedrock, stores into DynamoDB, and keeps large payloads where the settings say.
     *
     * @param prices read once per subtask, when the job starts
     */
    public static InvokeModelFunction onBedrock(
            AwsAccess bedrock,
            AwsAccess dynamoDb,
            AwsAccess s3,
            String attemptsTable,
            String requestsTable,
            SerializableSupplier<PriceBook> prices,
            InvokeSettings settings,
            PayloadSettings payloads) {
        InvokerClock clock = new SystemInvokerClock();
        return new InvokeModelFunction(
                LargePayloadClient.around(
                        BedrockModelClient.at(bedrock, settings.longestGeneration()),
                        payloads,
                        s3,
                        clock,
                        FIRST_BACKOFF_MILLIS,
                        LAST_BACKOFF_MILLIS),
                DynamoDbAttemptStore.in(dynamoDb, attemptsTable),
                DynamoDbResultStore.in(dynamoDb, requestsTable),
                prices,
                settings,
                bedrock.region(),
                clock);
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
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        MetricGroup group = getRuntimeContext().getMetricGroup();
        circuits = new CircuitWatch();
        Breakers breakers =
                new Breakers(
                        settings.breaker(),
                        settings.breaker().probesOf(subtask, subtasks),
                        (place, circuit) -> {
                            InvokeMetrics.circuit(group, place, circuit);
                            opened(circuits).add(place, circuit);
                        });
        CallScheduler<Invocation> scheduler = settings.schedulerOf(subtask, subtasks, breakers);
        InvokeMetrics metrics = new InvokeMetrics(group, scheduler, clock::millis);
        Backoff backoff = new Backoff(FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS, Jitter.random());
        PriceBook book = prices.get();
        FinalResults results = new FinalResults(book);
        underWay = new ConcurrentHashMap<>();
        intake = new Intake(settings.operatorBytes());
        invoker =
                new ModelInvoker(
                        new ModelCaller(
                                clients.open(settings.callsOf(subtask, subtasks)),
                                ledger(book, backoff, metrics),
                                results,
                                clock,
                                backoff,
                                new Router(breakers, ownRegion),
                                new RetryBudget(),
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

    private AttemptLedger ledger(PriceBook book, Backoff backoff, InvokeMetrics metrics) {
        return new AttemptLedger(
                ledgers.open(CONCURRENT_PUTS),
                new PersistentCalls(clock, backoff, metrics::attemptStoreFailed),
                new AttemptRules(book, runId(), settings.longestGeneration().toMillis()),
                clock,
                metrics);
    }

    /** Job, subtask and attempt say where to look; the rest makes it another one each time. */
    private RunId runId() {
        RuntimeContext context = getRuntimeContext();
        LongUnaryOperator random = Jitter.random();
        String unique =
                context.getJobInfo().getJobId()
                        + "."
                        + context.getTaskInfo().getIndexOfThisSubtask()
                        + "."
                        + context.getTaskInfo().getAttemptNumber()
                        + "."
                        + Long.toHexString(random.applyAsLong(Long.MAX_VALUE))
                        + Long.toHexString(random.applyAsLong(Long.MAX_VALUE));
        return new RunId(clock.millis(), unique);
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
        Map<ResultFuture<CallEnd>, Invocation> invocations = opened(underWay);
        AsyncCompletion completion =
                new AsyncCompletion(result, invocations, opened(intake), bytes, this::telling);
        Invocation invocation = opened(invoker).submit(admitted, completion);
        if (!completion.isOver()) {
            invocations.put(result, invocation);
            completion.forgetIfOver();
        }
    }

    private void takeIn(long bytes) throws InterruptedException {
        if (restoring) {
            opened(intake).takeRestored(bytes);
        } else {
            opened(intake).take(bytes);
        }
    }

    private CallEnd telling(CallEnd end) {
        return end.telling(opened(circuits).takeOpened(clock.millis()));
    }

    /**
     * Ends the request as failed, or by what its last attempt comes to, if one is under way; its
     * result is stored like any other. A withdrawal only waits for such a result.
     */
    @Override
    public void timeout(CallOrder order, ResultFuture<CallEnd> result) {
        Invocation invocation = opened(underWay).get(result);
        if (invocation != null) {
            opened(invoker).giveUp(invocation);
        }
    }

    @Override
    public void close() {
        if (invoker != null) {
            invoker.stop(settings.stopWait());
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
        private final ResultFuture<CallEnd> result;
        private final Map<ResultFuture<CallEnd>, Invocation> invocations;
        private final Intake intake;
        private final long bytes;
        private final UnaryOperator<CallEnd> telling;
        private volatile boolean over;

        private AsyncCompletion(
                ResultFuture<CallEnd> result,
                Map<ResultFuture<CallEnd>, Invocation> invocations,
                Intake intake,
                long bytes,
                UnaryOperator<CallEnd> telling) {
            this.result = result;
            this.invocations = invocations;
            this.intake = intake;
            this.bytes = bytes;
            this.telling = telling;
        }

        @Override
        public void done(CallEnd callEnd) {
            end();
            result.complete(List.of(telling.apply(callEnd)));
        }

        @Override
        public void failed(Throwable failure) {
            end();
            result.completeExceptionally(failure);
            intake.open();
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
            intake.ended(bytes);
        }
    }
}
