package io.sluice.pipeline.model;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Isolation;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.LaneBounds;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.aws.StoreException;
import io.sluice.sinks.ledger.AttemptStore;
import io.sluice.sinks.result.ResultStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** One run of the job in a {@link LedgerCampaign}, from its opening until it is killed. */
final class CampaignRun implements InvokerClock, AttemptStore, ResultStore, ModelClient {
    private static final long serialVersionUID = 1L;

    final transient Set<String> done = new HashSet<>();
    private final transient LedgerCampaign campaign;
    private final transient ModelInvoker invoker;
    private boolean dead;

    CampaignRun(LedgerCampaign campaign, String name, boolean restored) {
        this.campaign = campaign;
        Breakers breakers = new Breakers(BreakerSettings.SHIPPED, 1, (place, circuit) -> {});
        CallScheduler<Invocation> scheduler =
                new CallScheduler<>(
                        new LaneBounds(4, 1 << 20, 100, 1 << 20),
                        new LaneBounds(2, 1 << 20, 100, 1 << 20),
                        5_000,
                        TargetSettings.WIDE.capacitiesOf(0, 1),
                        breakers);
        InvokeMetrics metrics =
                new InvokeMetrics(new UnregisteredMetricsGroup(), scheduler, this::millis);
        Backoff backoff = new Backoff(100, 1_000, bound -> campaign.random.nextInt((int) bound));
        FinalResults results = new FinalResults(PriceBookJson.shipped());
        AttemptLedger ledger = Ledgers.of(this, name, this, backoff, metrics);
        this.invoker =
                new ModelInvoker(
                        Callers.of(this, ledger, breakers, 3, this, backoff, metrics),
                        results,
                        scheduler,
                        new ResultWriter(this, this, backoff, metrics),
                        this,
                        metrics,
                        restored);
    }

    void submit(AdmittedRequest request) {
        String id = request.request().facts().requestId();
        invoker.submit(
                request,
                new Invocation.Completion() {
                    @Override
                    public void done(CallEnd end) {
                        OutcomeEvent outcome = end.outcome();
                        done.add(id);
                        campaign.outcomes
                                .computeIfAbsent(id, key -> new ArrayList<>())
                                .add(outcome);
                    }

                    @Override
                    public void failed(Throwable failure) {
                        kill();
                    }
                });
    }

    boolean isDead() {
        return dead;
    }

    /** Ends it at once; what its stores were doing is done or not, and nobody hears of it. */
    void kill() {
        dead = true;
        List<LedgerCampaign.Event> mine =
                campaign.pending.stream().filter(event -> event.run() == this).toList();
        campaign.pending.removeAll(mine);
        for (LedgerCampaign.Event event : mine) {
            if (event.storeOperation() && campaign.random.nextBoolean()) {
                event.work().run();
            }
        }
    }

    @Override
    public long millis() {
        return campaign.now;
    }

    @Override
    public void after(long delayMillis, Runnable work) {
        later(delayMillis, work, false);
    }

    @Override
    public CompletableFuture<AttemptItem> claim(AttemptItem claim, Stage stage) {
        return operation(
                () -> {
                    AttemptItem earlier = campaign.attempts.putIfAbsent(claim.rangeKey(), claim);
                    return earlier == null ? claim : earlier;
                });
    }

    @Override
    public CompletableFuture<Optional<AttemptItem>> finish(AttemptItem finished) {
        return operation(
                () -> {
                    campaign.attempts.computeIfPresent(
                            finished.rangeKey(),
                            (key, now) -> isClaimed(now, finished) ? finished : now);
                    return Optional.ofNullable(campaign.attempts.get(finished.rangeKey()));
                });
    }

    @Override
    public CompletableFuture<Void> release(AttemptItem claim) {
        return operation(
                () -> {
                    campaign.attempts.computeIfPresent(
                            claim.rangeKey(), (key, now) -> isClaimed(now, claim) ? null : now);
                    return null;
                });
    }

    @Override
    public CompletableFuture<List<AttemptItem>> read(
            String tenantId, String requestId, Isolation isolation) {
        return operation(() -> campaign.attemptsOf(requestId));
    }

    @Override
    public CompletableFuture<Optional<ResultItem>> find(
            String tenantId, String requestId, Isolation isolation) {
        return operation(() -> Optional.ofNullable(campaign.results.get(requestId)));
    }

    @Override
    public CompletableFuture<ResultItem> putFinal(ResultItem item) {
        return operation(
                () -> {
                    ResultItem earlier = campaign.results.putIfAbsent(item.requestId(), item);
                    return earlier == null ? item : earlier;
                });
    }

    @Override
    public CompletableFuture<ModelReply> converse(ModelCall call) {
        CompletableFuture<ModelReply> answer = new CompletableFuture<>();
        ModelFailure failure = failureToCome();
        boolean arrives =
                failure != ModelFailure.UNAVAILABLE
                        && (failure != ModelFailure.LOST || campaign.random.nextBoolean());
        if (arrives) {
            campaign.calls.merge(call.requestId(), 1, Integer::sum);
        }
        later(
                campaign.random.nextInt(2_000),
                () -> {
                    if (failure == null) {
                        answer.complete(ScriptedModelClient.reply("hello"));
                    } else {
                        answer.completeExceptionally(ScriptedModelClient.failure(failure));
                    }
                },
                false);
        return answer;
    }

    @Override
    public void close() {}

    private ModelFailure failureToCome() {
        if (!campaign.chance(45)) {
            return null;
        }
        ModelFailure[] kinds = {
            ModelFailure.THROTTLED,
            ModelFailure.THROTTLED,
            ModelFailure.UNAVAILABLE,
            ModelFailure.TRANSIENT,
            ModelFailure.LOST,
            ModelFailure.TIMEOUT,
            ModelFailure.PERMANENT
        };
        return kinds[campaign.random.nextInt(kinds.length)];
    }

    private <T> CompletableFuture<T> operation(Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean lost = campaign.chance(10);
        boolean undone = !lost && campaign.chance(10);
        later(
                campaign.random.nextInt(20),
                () -> {
                    T value = undone ? null : work.get();
                    if (dead) {
                        return;
                    }
                    if (lost || undone) {
                        answer.completeExceptionally(
                                new StoreException(
                                        FailureKind.RETRY,
                                        "as told",
                                        new IllegalStateException("as told")));
                    } else {
                        answer.complete(value);
                    }
                },
                true);
        return answer;
    }

    private void later(long delayMillis, Runnable work, boolean storeOperation) {
        if (!dead) {
            campaign.pending.add(
                    new LedgerCampaign.Event(
                            this, campaign.now + delayMillis, work, storeOperation));
        }
    }

    private static boolean isClaimed(AttemptItem now, AttemptItem other) {
        return now.isOpen() && now.runId().equals(other.runId());
    }
}
