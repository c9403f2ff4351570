package io.sluice.pipeline.model;

import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.PriceBook;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import io.sluice.sinks.result.DynamoDbResultStore;
import io.sluice.sinks.result.ResultStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has models answer admitted requests; stores each final result before it emits the outcome.
 *
 * <p><b>Key and time.</b> Forward-connected to the keyed operator, so that one tenant's calls meet
 * in one scheduler. Deadlines are absolute and come with the request; the clock decides when to
 * start, repeat and give up.
 *
 * <p><b>State.</b> None of its own: the async operator keeps the requests it has not completed, and
 * brings them again after a restore.
 *
 * <p><b>Emits.</b> Exactly one outcome per request, built from the stored result that stands:
 * answered, or failed with reason {@code lane-full}, {@code deadline}, {@code model-error} or
 * {@code payload-error}. While the store does not answer, nothing is emitted and nothing is lost.
 *
 * <p><b>On replay.</b> A request whose result is already stored may be called once more, but the
 * stored result, its usage and cost are adopted, so the tenant is billed once and sees one answer.
 */
public final class InvokeModelFunction extends RichAsyncFunction<AdmittedRequest, OutcomeEvent> {
    private static final long serialVersionUID = 1L;
    private static final int CONCURRENT_PUTS = 16;
    private static final long FIRST_BACKOFF_MILLIS = 200;
    private static final long LAST_BACKOFF_MILLIS = 5_000;

    private final ModelClient.Factory clients;
    private final ResultStore.Factory stores;
    private final SerializableSupplier<PriceBook> prices;
    private final InvokeSettings settings;
    private final InvokerClock clock;
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
    public void open(OpenContext context) {
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int concurrentCalls = settings.concurrentCallsOf(subtask, subtasks);
        CallScheduler<Invocation> scheduler =
                new CallScheduler<>(
                        concurrentCalls, settings.queuedCalls(), settings.queuedBytes());
        InvokeMetrics metrics = new InvokeMetrics(getRuntimeContext().getMetricGroup(), scheduler);
        Backoff backoff = new Backoff(FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS, Jitter.random());
        underWay = new ConcurrentHashMap<>();
        invoker =
                new ModelInvoker(
                        clients.open(concurrentCalls),
                        new FinalResults(prices.get()),
                        scheduler,
                        new ResultWriter(
                                stores.open(CONCURRENT_PUTS),
                                CONCURRENT_PUTS,
                                clock,
                                backoff,
                                metrics),
                        clock,
                        backoff,
                        settings.maxAttempts(),
                        metrics);
    }

    @Override
    public void asyncInvoke(AdmittedRequest request, ResultFuture<OutcomeEvent> result) {
        Map<ResultFuture<OutcomeEvent>, Invocation> invocations = opened(underWay);
        AsyncCompletion completion = new AsyncCompletion(result, invocations);
        Invocation invocation = opened(invoker).submit(request, completion);
        if (!completion.isOver()) {
            invocations.put(result, invocation);
            completion.forgetIfOver();
        }
    }

    /** Ends the request as failed; its result is stored like any other. */
    @Override
    public void timeout(AdmittedRequest request, ResultFuture<OutcomeEvent> result) {
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
