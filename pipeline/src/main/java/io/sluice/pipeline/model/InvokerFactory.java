package io.sluice.pipeline.model;

import io.sluice.contract.PriceBook;
import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import io.sluice.sinks.ledger.AttemptStore;
import io.sluice.sinks.result.ResultStore;
import java.io.Serializable;
import java.util.function.BiConsumer;
import java.util.function.LongUnaryOperator;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.function.SerializableSupplier;

/** Puts the invoker of one subtask together, where the job runs. Immutable. */
final class InvokerFactory implements Serializable {
    private static final long serialVersionUID = 1L;
    static final long FIRST_BACKOFF_MILLIS = 200;
    static final long LAST_BACKOFF_MILLIS = 5_000;

    private final ModelClient.Factory clients;
    private final String ownRegion;
    private final CallStores stores;
    private final SerializableSupplier<PriceBook> prices;
    private final InvokeSettings settings;
    private final InvokerClock clock;

    /**
     * Invokers that call models so.
     *
     * @param ownRegion where targets are that name no region
     * @param prices read once per subtask, when the job starts
     */
    InvokerFactory(
            ModelClient.Factory clients,
            String ownRegion,
            CallStores stores,
            SerializableSupplier<PriceBook> prices,
            InvokeSettings settings,
            InvokerClock clock) {
        this.clients = clients;
        this.ownRegion = ownRegion;
        this.stores = stores;
        this.prices = prices;
        this.settings = settings;
        this.clock = clock;
    }

    InvokeSettings settings() {
        return settings;
    }

    /** The invokers' time, epoch milliseconds. */
    long nowMillis() {
        return clock.millis();
    }

    /**
     * The invoker of the subtask with that context; the caller stops and closes it. Leaves nothing
     * open if it fails.
     *
     * @param restoring whether records of an earlier run are about to come
     * @param circuits told the place and the circuit of each that there is from now on
     */
    ModelInvoker open(
            RuntimeContext context, boolean restoring, BiConsumer<String, Circuit> circuits) {
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        int subtasks = context.getTaskInfo().getNumberOfParallelSubtasks();
        MetricGroup group = context.getMetricGroup();
        Breakers breakers = breakers(subtask, subtasks, group, circuits);
        CallScheduler<Invocation> scheduler = settings.schedulerOf(subtask, subtasks, breakers);
        InvokeMetrics metrics = new InvokeMetrics(group, scheduler, clock::millis);
        Backoff backoff = new Backoff(FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS, Jitter.random());
        PriceBook book = prices.get();
        FinalResults results = new FinalResults(book);
        try (OpenedParts opened = new OpenedParts()) {
            ModelClient client = opened.add(clients.open(settings.callsOf(subtask, subtasks)));
            AttemptStore attempts = opened.add(stores.openAttempts());
            ResultStore finals = opened.add(stores.openResults());
            ModelCaller caller =
                    new ModelCaller(
                            new TargetAttempts(
                                    client,
                                    ledger(attempts, book, runId(context), backoff, metrics),
                                    clock),
                            new Router(breakers, ownRegion),
                            new Retries(settings.maxAttempts(), backoff, clock, metrics),
                            results,
                            clock,
                            metrics);
            ResultWriter writer = new ResultWriter(finals, clock, backoff, metrics);
            return opened.takenOverBy(
                    new ModelInvoker(
                            caller, results, scheduler, writer, clock, metrics, restoring));
        }
    }

    private AttemptLedger ledger(
            AttemptStore attempts,
            PriceBook book,
            RunId run,
            Backoff backoff,
            InvokeMetrics metrics) {
        return new AttemptLedger(
                attempts,
                new PersistentCalls(clock, backoff, metrics::attemptStoreFailed),
                new AttemptRules(book, run, settings.longestGeneration().toMillis()),
                clock,
                metrics);
    }

    private Breakers breakers(
            int subtask, int subtasks, MetricGroup group, BiConsumer<String, Circuit> circuits) {
        return new Breakers(
                settings.breaker(),
                settings.breaker().probesOf(subtask, subtasks),
                (place, circuit) -> {
                    InvokeMetrics.circuit(group, place, circuit);
                    circuits.accept(place, circuit);
                });
    }

    /** Job, subtask and attempt say where to look; the rest makes it another one each time. */
    private RunId runId(RuntimeContext context) {
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
}
