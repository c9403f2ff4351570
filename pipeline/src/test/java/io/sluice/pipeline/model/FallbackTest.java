package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static io.sluice.pipeline.model.Requests.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.Lane;
import io.sluice.pipeline.model.schedule.LaneBounds;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.aws.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

/** A request whose first target cannot take it now goes on to its second one at once. */
class FallbackTest {
    private static final String EAST = "us-east-1/" + MODEL;
    private static final String WEST = "us-west-2/" + MODEL;
    private static final int PLACES = 4;

    private final ManualClock clock = new ManualClock(NOW);
    private final ScriptedModelClient model = new ScriptedModelClient();
    private final Ends ends = new Ends();
    private final Breakers breakers =
            new Breakers(
                    new BreakerSettings(2, 4, Duration.ofSeconds(5), Duration.ofSeconds(60), 1),
                    1,
                    (place, circuit) -> {});
    private final CallScheduler<Invocation> scheduler =
            new CallScheduler<>(
                    new LaneBounds(100, 1 << 20, 100, 1 << 20),
                    new LaneBounds(100, 1 << 20, 100, 1 << 20),
                    5_000,
                    new TargetSettings(
                                    1, PLACES, PLACES, 80, Duration.ofSeconds(1), 10, 50, Map.of())
                            .capacitiesOf(0, 1),
                    breakers);
    private final ModelInvoker invoker = invoker();
    private int requests;

    private ModelInvoker invoker() {
        InvokeMetrics metrics =
                new InvokeMetrics(new UnregisteredMetricsGroup(), scheduler, clock::millis);
        Backoff backoff = new Backoff(100, 1_000, bound -> bound - 1);
        FinalResults results = new FinalResults(PriceBookJson.shipped());
        return new ModelInvoker(
                Callers.of(
                        model,
                        Ledgers.of(new ScriptedAttemptStore(), "run-1", clock, backoff, metrics),
                        breakers,
                        4,
                        clock,
                        backoff,
                        metrics),
                results,
                scheduler,
                new ResultWriter(new ScriptedResultStore(), clock, backoff, metrics),
                clock,
                metrics,
                false);
    }

    private static Route route(TargetQuota ofEast) {
        return new Route(
                List.of(
                        new Candidate(Target.of(MODEL), 0, 1, ofEast),
                        new Candidate(
                                Target.of(MODEL, "us-west-2", ServiceTier.DEFAULT),
                                1,
                                1,
                                TargetQuota.ofModel(MODEL))),
                0,
                null);
    }

    private void submit(Route route) {
        String id = "r" + requests++;
        invoker.submit(
                routed(admitted("acme", id, MODEL, NOW + 600_000, 1_000), route, null), ends);
    }

    private void submit() {
        submit(route(TargetQuota.ofModel(MODEL)));
    }

    private void submitDirect() {
        String id = "r" + requests++;
        invoker.submit(admitted("other", id, MODEL, NOW + 600_000, 1_000), ends);
    }

    private long callsAt(String place) {
        return model.calls.stream().filter(call -> call.target().placeKey().equals(place)).count();
    }

    private void allAnswered() {
        assertThat(ends.done).hasSize(requests);
        assertThat(ends.done).allMatch(end -> end.status() == OutcomeStatus.SUCCEEDED);
    }

    @Test
    void targetThatThrottlesEverythingHoldsNobodyUp() {
        model.failing.put(EAST, ModelFailure.THROTTLED);
        for (int i = 0; i < 200; i++) {
            submit();
            allAnswered();
            clock.advanceBy(10);
        }
        // It rests 50, 100, 200, 400, 800, 1,000 ms and is asked once after each.
        assertThat(callsAt(EAST)).isBetween(5L, 6L);
    }

    @Test
    void targetThatRestsAndWhoseCircuitOpensHoldsNobodyUp() {
        model.failing.put(EAST, ModelFailure.THROTTLED);
        submit();
        model.failing.put(EAST, ModelFailure.TRANSIENT);
        for (int i = 0; i < 20; i++) {
            clock.advanceBy(20);
            submit();
            allAnswered();
        }
        assertThat(callsAt(EAST)).as("throttled, and two errors").isEqualTo(3);

        model.failing.clear();
        clock.advanceBy(10_000);
        submit();
        submit();
        allAnswered();
        assertThat(callsAt(EAST)).as("the circuit closes again").isEqualTo(5);
    }

    @Test
    void targetWhoseQuotaIsUsedUpHoldsNobodyUp() {
        for (int i = 0; i < 5; i++) {
            submit(route(new TargetQuota(-1, 2, -1, 1)));
        }
        allAnswered();
        assertThat(callsAt(EAST)).isEqualTo(2);

        clock.advanceBy(61_000);
        submit(route(new TargetQuota(-1, 2, -1, 1)));
        assertThat(callsAt(EAST)).as("preferred as soon as it has room").isEqualTo(3);
    }

    @Test
    void targetWhosePlacesAreHeldByHungCallsHoldsNobodyUp() {
        model.hanging.add(EAST);
        for (int i = 0; i < 10; i++) {
            submit();
        }
        assertThat(ends.done).hasSize(10 - PLACES);
        assertThat(callsAt(WEST)).isEqualTo(10 - PLACES);
    }

    @Test
    void whoWaitsStartsWhereverThereIsRoomFirst() {
        model.stalling = true;
        for (int i = 0; i < 2 * PLACES + 1; i++) {
            submit();
        }
        assertThat(model.calls).hasSize(2 * PLACES);
        assertThat(scheduler.waiting(Lane.INTERACTIVE)).isOne();

        model.stalled.removeLast().complete(ScriptedModelClient.reply("from the west"));
        assertThat(model.calls).hasSize(2 * PLACES + 1);
        assertThat(callsAt(WEST)).isEqualTo(PLACES + 1);
    }

    /** Behind calls that wait for another target, at a target all of whose places hang. */
    @Test
    void whoseTargetsAllRefuseIsToldAtOnce() {
        model.hanging.addAll(List.of(EAST, WEST));
        for (int i = 0; i < 2 * PLACES + 1; i++) {
            submit();
        }
        Circuit east = breakers.circuitOf(Target.of(MODEL).orIn("us-east-1"));
        for (int i = 0; i < 2; i++) {
            Circuit.Permit permit = east.tryAcquire(clock.millis());
            assertThat(permit).isNotNull();
            permit.failed(ModelFailure.TIMEOUT, clock.millis());
        }
        submitDirect();

        assertThat(ends.done).extracting(OutcomeFacts::reason).containsExactly("unavailable");
        assertThat(scheduler.waiting(Lane.INTERACTIVE)).isOne();
    }

    private static final class Ends implements Invocation.Completion {
        private final List<OutcomeFacts> done = new ArrayList<>();

        @Override
        public void done(CallEnd end) {
            done.add(end.outcome().facts());
        }

        @Override
        public void failed(Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
