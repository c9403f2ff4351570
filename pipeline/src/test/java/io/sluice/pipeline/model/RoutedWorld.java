package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static io.sluice.pipeline.model.Requests.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.LaneBounds;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.aws.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;

/**
 * A caller of models in two regions, whose circuits open after so many failures; its client and
 * clock are fakes.
 */
final class RoutedWorld {
    static final String EAST = "us-east-1/" + MODEL;
    static final String WEST = "us-west-2/" + MODEL;
    static final String LITE = "amazon.nova-lite-v1:0";
    static final String CHEAP = "amazon.nova-pro-v1:0";
    static final String STALE = AnswerPayload.ofText("as of yesterday", "end_turn");
    static final Route ROUTE =
            new Route(
                    List.of(
                            candidate(Target.of(MODEL), 0),
                            candidate(Target.of(MODEL, "us-west-2", ServiceTier.DEFAULT), 1),
                            candidate(Target.of(LITE, "us-west-2", ServiceTier.FLEX), 2)),
                    0,
                    null);

    final ManualClock clock = new ManualClock(NOW);
    final ScriptedModelClient model = new ScriptedModelClient();
    final ScriptedAttemptStore attempts = new ScriptedAttemptStore();
    final List<ResultItem> ended = new ArrayList<>();
    Breakers breakers;
    ModelCaller caller;
    private int runs;

    RoutedWorld() {
        this(2);
    }

    RoutedWorld(int failuresToOpen) {
        breakers = breakers(failuresToOpen);
        caller = caller();
    }

    static Candidate candidate(Target target, int rank) {
        return new Candidate(target, rank, 1, TargetQuota.ofModel(target.model()));
    }

    static Route degrading(@Nullable String cheaper) {
        return new Route(
                List.of(candidate(Target.of(MODEL), 0)),
                86_400_000,
                cheaper == null ? null : candidate(Target.of(cheaper), 0));
    }

    private static Breakers breakers(int failuresToOpen) {
        return new Breakers(
                new BreakerSettings(
                        failuresToOpen,
                        2 * failuresToOpen,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        1),
                1,
                (place, circuit) -> {});
    }

    private ModelCaller caller() {
        CallScheduler<Invocation> none =
                new CallScheduler<>(
                        new LaneBounds(1, 1, 1, 1),
                        new LaneBounds(1, 1, 1, 1),
                        1,
                        TargetSettings.WIDE.capacitiesOf(0, 1));
        InvokeMetrics metrics =
                new InvokeMetrics(new UnregisteredMetricsGroup(), none, clock::millis);
        Backoff backoff = new Backoff(100, 1_000, bound -> bound - 1);
        AttemptLedger ledger = Ledgers.of(attempts, "run-" + ++runs, clock, backoff, metrics);
        return Callers.of(model, ledger, breakers, 4, clock, backoff, metrics);
    }

    Invocation call(String id, @Nullable Route route, @Nullable String stale) {
        return call(id, route, stale, NOW + 600_000);
    }

    Invocation call(
            String id, @Nullable Route route, @Nullable String stale, long deadlineAtMillis) {
        AdmittedRequest request =
                routed(admitted("acme", id, MODEL, deadlineAtMillis, 9), route, stale);
        Invocation invocation =
                new Invocation(
                        request, caller.firstPlaces(request), new NoCompletion(), clock.millis());
        invocation.startedAt(clock.millis());
        caller.call(invocation, new OpenPlace(clock, breakers, invocation), ended::add);
        return invocation;
    }

    /** The job starts anew: with the same ledger, and circuits that know nothing. */
    void restart() {
        breakers = breakers(2);
        caller = caller();
    }

    ResultItem end(String id, @Nullable Route route, @Nullable String stale) {
        call(id, route, stale);
        clock.advanceBy(60_000);
        return last();
    }

    ResultItem last() {
        return ended.get(ended.size() - 1);
    }

    List<String> places() {
        return model.calls.stream().map(call -> call.target().placeKey()).toList();
    }

    void open(String place, String targetModel, @Nullable String region) {
        Circuit circuit =
                breakers.circuitOf(
                        Target.of(targetModel, region, ServiceTier.DEFAULT).orIn("us-east-1"));
        for (int i = 0; i < 2; i++) {
            Objects.requireNonNull(circuit.tryAcquire(clock.millis()))
                    .failed(ModelFailure.TIMEOUT, clock.millis());
        }
        assertThat(circuit.state()).as(place).isEqualTo(Circuit.OPEN);
    }

    static boolean complete(ResultItem item) {
        return FinalResults.outcome(admitted("acme", item.requestId()), item).facts().complete();
    }

    static final class NoCompletion implements Invocation.Completion {
        @Override
        public void done(CallEnd end) {}

        @Override
        public void failed(Throwable failure) {}
    }
}
