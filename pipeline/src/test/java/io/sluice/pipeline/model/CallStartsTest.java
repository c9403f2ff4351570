package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static io.sluice.pipeline.model.Requests.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.pipeline.model.schedule.Lane;
import io.sluice.pipeline.model.schedule.QuotaSettings;
import io.sluice.pipeline.model.schedule.TargetCapacity;
import io.sluice.pipeline.model.schedule.TargetSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a call that waits starts, and how long it keeps its place. */
class CallStartsTest extends InvokerFixture {
    @Test
    void quotaOfThePolicysTargetHoldsCallsBackUntilTheMinuteIsOver() {
        Route route =
                new Route(
                        List.of(
                                new Candidate(
                                        Target.of(MODEL), 0, 1, new TargetQuota(-1, 2, -1, 1))),
                        0,
                        null);
        for (int i = 0; i < 3; i++) {
            invoker.submit(
                    routed(admitted("acme", "r" + i, MODEL, NOW + 600_000, 9), route, null), ends);
        }

        assertThat(ends.done).hasSize(2);
        clock.advanceBy(61_000);
        assertThat(ends.done).hasSize(3);
    }

    /** Whichever of the readings of the clock it is before which the minute ends. */
    @RepeatedTest(30)
    void minuteThatEndsBetweenLookingAndSettingTheAlarmIsNotMissed(RepetitionInfo repetition) {
        Route route =
                new Route(
                        List.of(
                                new Candidate(
                                        Target.of(MODEL), 0, 1, new TargetQuota(-1, 2, -1, 1))),
                        0,
                        null);
        for (int i = 0; i < 3; i++) {
            if (i == 2) {
                clock.passAfter(repetition.getCurrentRepetition() - 1, 61_000);
            }
            invoker.submit(
                    routed(admitted("acme", "r" + i, MODEL, NOW + 600_000, 9), route, null), ends);
        }
        clock.advanceBy(61_000);

        assertThat(ends.done).hasSize(3);
    }

    @Test
    void callKeepsItsPlaceUntilItsResultIsStored() {
        store.holding = true;
        for (int i = 0; i < 6; i++) {
            invoker.submit(admitted("tenant-" + i, "r" + i), ends);
        }

        // Four places: the other two calls wait although all four models have answered.
        assertThat(model.calls).hasSize(4);
        assertThat(scheduler.running(Lane.INTERACTIVE)).isEqualTo(4);
        assertThat(ends.done).isEmpty();

        store.holding = false;
        store.answerHeld();
        assertThat(model.calls).hasSize(6);
        assertThat(ends.done).hasSize(6);
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void answerThatCannotBeKeptYetHoldsNoPlaceAtItsTarget() {
        model.keeping = new CompletableFuture<>();
        invoker.submit(admitted("acme", "r1"), ends);

        assertThat(scheduler.<Integer>of("us-east-1/" + MODEL, TargetCapacity::running)).isZero();
        assertThat(scheduler.running(Lane.INTERACTIVE)).isOne();
        assertThat(ends.done).isEmpty();

        model.keeping.complete(null);
        assertThat(ends.only().status()).isEqualTo(OutcomeStatus.SUCCEEDED);
    }

    /** Its place is another's meanwhile, and its turn comes before younger calls. */
    @Test
    void throttledCallGivesItsPlaceBackAndKeepsItsTurn() {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        invoker.submit(admitted("acme", "r1", MODEL, NOW + 60_000, 1), ends);
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
        assertThat(scheduler.waiting(Lane.INTERACTIVE)).isOne();
        clock.advanceBy(98);
        model.stalling = true;
        invoker.submit(admitted("acme", "r2", MODEL, NOW + 60_000, 1), ends);
        invoker.submit(admitted("acme", "r3", MODEL, NOW + 60_000, 1), ends);
        clock.advanceBy(10);
        assertThat(model.calls).extracting(ModelCall::requestId).containsExactly("r1", "r2");

        model.stalled.remove().complete(ScriptedModelClient.reply("second"));
        assertThat(model.calls).extracting(ModelCall::requestId).containsExactly("r1", "r2", "r1");
    }

    @Test
    void targetThatThrottlesIsNotAskedAgainAtOnceByAnybody() {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        invoker.submit(admitted("acme", "r1"), ends);
        invoker.submit(admitted("other", "r2"), ends);
        assertThat(model.calls).hasSize(1);

        clock.advanceBy(50);
        assertThat(model.calls).hasSize(2);
        assertThat(ends.only().requestId()).isEqualTo("r2");
    }

    @Test
    void quotaIsTakenAndWaitedFor() {
        TargetSettings quota =
                new TargetSettings(
                        1,
                        4,
                        4,
                        80,
                        Duration.ofSeconds(1),
                        10,
                        50,
                        Map.of(MODEL, QuotaSettings.parse("p", MODEL, "tokens=1200")));
        ModelInvoker bounded = invoker(scheduler(quota), "run-1");
        for (int i = 0; i < 3; i++) {
            bounded.submit(admitted("t" + i, "r" + i, MODEL, NOW + 200_000, 1), ends);
        }
        // Each reserves 10 + 100 tokens and uses 1,100.
        assertThat(model.calls).hasSize(1);
        clock.advanceBy(60_000);
        assertThat(model.calls).hasSize(1);
        clock.advanceBy(100);
        assertThat(model.calls).hasSize(2);
        clock.advanceBy(60_100);
        assertThat(ends.done).hasSize(3);
    }

    @Test
    void tenantWithoutABoundHasAllPlaces() {
        model.stalling = true;
        for (int i = 0; i < 5; i++) {
            invoker.submit(admitted("acme", "r" + i, MODEL, NOW + 60_000, -1), ends);
        }

        assertThat(model.calls).hasSize(4);
    }

    @Test
    void manyAnswersAtOnceNeedNoStack() {
        ModelInvoker wide = invoker(scheduler, "run-1");
        for (int i = 0; i < 20_000; i++) {
            wide.submit(admitted("t" + i % 7, "r" + i), ends);
        }

        assertThat(ends.done).hasSize(20_000);
    }

    /** Whatever a request comes to by a defect: it is not lost, and others go on. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10})
    void defectStopsTheJobAndHoldsNobodyUp(int reading) {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        clock.atNextReading(() -> failAt(reading - 1));
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(10_000);
        invoker.submit(admitted("other", "r2"), ends);
        clock.advanceBy(10_000);

        assertThat(ends.done).extracting(end -> end.facts().requestId()).contains("r2");
        assertThat(ends.failures.size() + ends.done.size()).isEqualTo(2);
    }

    private void failAt(int reading) {
        if (reading == 0) {
            throw new IllegalStateException("a defect");
        }
        clock.atNextReading(() -> failAt(reading - 1));
    }
}
