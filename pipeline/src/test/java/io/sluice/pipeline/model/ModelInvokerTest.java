package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static io.sluice.pipeline.model.Requests.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Candidate;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.contract.Usage;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelInvokerTest {
    private final ManualClock clock = new ManualClock(NOW);
    private final ScriptedModelClient model = new ScriptedModelClient();
    private final ScriptedResultStore store = new ScriptedResultStore();
    private final ScriptedAttemptStore attempts = new ScriptedAttemptStore();
    private final CallScheduler<Invocation> scheduler =
            new CallScheduler<>(
                    new LaneBounds(4, 1 << 20, 3, 1 << 20),
                    new LaneBounds(2, 1 << 20, 3, 1 << 20),
                    5_000,
                    TargetSettings.WIDE.capacitiesOf(0, 1));
    private final ModelInvoker invoker = invoker();
    private final Ends ends = new Ends();

    private ModelInvoker invoker() {
        return invoker(scheduler);
    }

    private ModelInvoker invoker(CallScheduler<Invocation> ofCalls) {
        InvokeMetrics metrics =
                new InvokeMetrics(new UnregisteredMetricsGroup(), ofCalls, clock::millis);
        Backoff backoff = new Backoff(100, 1_000, bound -> bound - 1);
        FinalResults results = new FinalResults(PriceBookJson.shipped());
        return new ModelInvoker(
                new ModelCaller(
                        model,
                        Ledgers.of(attempts, "run-1", clock, backoff, metrics),
                        results,
                        clock,
                        backoff,
                        new Router(
                                new Breakers(BreakerSettings.SHIPPED, 1, (place, circuit) -> {}),
                                "us-east-1"),
                        new RetryBudget(),
                        4,
                        metrics),
                results,
                ofCalls,
                new ResultWriter(store, 2, clock, backoff, metrics),
                clock,
                metrics,
                false);
    }

    private OutcomeFacts endOf(AdmittedRequest request) {
        invoker.submit(request, ends);
        return ends.only();
    }

    @Test
    void answerIsPricedStoredAndThenEmitted() {
        OutcomeFacts outcome = endOf(admitted("acme", "r1"));

        ResultItem stored = store.items.get("r1");
        assertThat(stored.status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(stored.usage()).isEqualTo(Usage.of(1_000, 100));
        // 1,000 x 0.035 + 100 x 0.14 millionths of a dollar
        assertThat(stored.costPicoUsd()).isEqualTo(35_000_000L + 14_000_000L);
        assertThat(stored.decision().reason()).isNull();
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.costPicoUsd()).isEqualTo(stored.costPicoUsd());
        assertThat(outcome.complete()).isTrue();
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(ends.done.get(0).payload()).isEqualTo(stored.output());
        assertThat(ends.done.get(0).traceparent()).isEqualTo("00-trace");
    }

    @Test
    void earlierResultIsAdoptedWithItsCost() {
        endOf(admitted("acme", "r1"));
        ResultItem earlier = store.items.get("r1").toBuilder().costPicoUsd(7).build();
        store.items.put("r1", earlier);
        ends.done.clear();
        model.failuresToCome.add(ModelFailure.PERMANENT);

        OutcomeFacts outcome = endOf(admitted("acme", "r1"));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.costPicoUsd()).isEqualTo(7);
        assertThat(ends.done.get(0).payload()).isEqualTo(earlier.output());
        assertThat(outcome.complete()).isTrue();
    }

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

    @Test
    void putsBeyondTheBoundWaitWithoutBeingCalled() {
        store.holding = true;
        for (int i = 0; i < 4; i++) {
            invoker.submit(admitted("tenant-" + i, "r" + i), ends);
        }
        assertThat(store.puts).hasSize(2);

        store.answerHeld();
        assertThat(store.puts).hasSize(4);
        assertThat(ends.done).hasSize(2);
        store.answerHeld();
        assertThat(ends.done).hasSize(4);
    }

    @Test
    void throttledCallIsRepeatedWithoutCountingTwice() {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        model.failuresToCome.add(ModelFailure.UNAVAILABLE);
        invoker.submit(admitted("acme", "r1"), ends);
        assertThat(model.calls).hasSize(1);

        clock.advanceBy(100);
        assertThat(model.calls).hasSize(2);
        clock.advanceBy(200);

        assertThat(ends.only().status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(ends.only().attempt()).isEqualTo(3);
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void lastingThrottlingEndsAfterSoManyAttempts() {
        for (int i = 0; i < 10; i++) {
            model.failuresToCome.add(ModelFailure.THROTTLED);
        }
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(10_000);

        assertThat(model.calls).hasSize(4);
        assertThat(ends.only().reason()).isEqualTo("model-error");
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
    void deadlinePassedBetweenAttemptsEndsTheRequest() {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        invoker.submit(admitted("acme", "r1", MODEL, NOW + 150, 1), ends);
        clock.advanceBy(51);
        model.stalling = true;
        invoker.submit(admitted("acme", "r2", MODEL, NOW + 60_000, 1), ends);
        assertThat(model.calls).hasSize(2);

        clock.advanceBy(100);
        assertThat(ends.only().requestId()).isEqualTo("r1");
        assertThat(ends.only().reason()).isEqualTo("deadline");
        assertThat(ends.only().attempt()).isEqualTo(1);
    }

    @Test
    void givingUpBetweenAttemptsEndsTheRequestOnce() {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        Invocation invocation = invoker.submit(admitted("acme", "r1"), ends);

        invoker.giveUp(invocation);
        clock.advanceBy(10_000);

        assertThat(model.calls).hasSize(1);
        assertThat(ends.only().reason()).isEqualTo("model-error");
        assertThat(scheduler.waiting(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void quotaIsTakenAndWaitedFor() {
        ModelInvoker bounded =
                invoker(
                        new CallScheduler<>(
                                new LaneBounds(4, 1 << 20, 3, 1 << 20),
                                new LaneBounds(2, 1 << 20, 3, 1 << 20),
                                5_000,
                                new TargetSettings(
                                                1,
                                                4,
                                                4,
                                                80,
                                                Duration.ofSeconds(1),
                                                10,
                                                50,
                                                Map.of(
                                                        MODEL,
                                                        QuotaSettings.parse(
                                                                "p", MODEL, "tokens=1200")))
                                        .capacitiesOf(0, 1)));
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
    void noRepeatBeyondTheDeadline() {
        model.failuresToCome.add(ModelFailure.THROTTLED);

        OutcomeFacts outcome = endOf(admitted("acme", "r1", MODEL, NOW + 100, 2));

        assertThat(outcome.reason()).isEqualTo("model-error");
        assertThat(model.calls).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"PERMANENT", "PAYLOAD"})
    void whatCannotSucceedIsNotRepeated(ModelFailure failure) {
        model.failuresToCome.add(failure);

        OutcomeFacts outcome = endOf(admitted("acme", "r1"));

        assertThat(model.calls).hasSize(1);
        assertThat(outcome.status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(outcome.reason()).isEqualTo(failure.reason());
        assertThat(outcome.usage()).isEqualTo(Usage.NONE);
        assertThat(store.items.get("r1").decision().reason()).isEqualTo(failure.reason());
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"MODEL_FAILED", "LOST", "TIMEOUT"})
    void whatMayHaveBeenPaidForIsRepeatedOnce(ModelFailure failure) {
        for (int i = 0; i < 10; i++) {
            model.failuresToCome.add(failure);
        }
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(10_000);

        assertThat(model.calls).hasSize(2);
        assertThat(ends.only().attempt()).isEqualTo(2);
        assertThat(ends.only().reason()).isEqualTo("model-error");
    }

    @Test
    void fullLaneShedsAtOnceAndRecordsIt() {
        model.stalling = true;
        for (int i = 0; i < 6; i++) {
            invoker.submit(admitted("acme", "r" + i), ends);
        }

        assertThat(model.calls).hasSize(2);
        assertThat(ends.only().reason()).isEqualTo("lane-full");
        assertThat(ends.only().attempt()).isZero();
        assertThat(store.items.get("r5").status()).isEqualTo(ResultStatus.FAILED);
    }

    @Test
    void deadlinePassedWhileWaitingEndsTheRequest() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r0", MODEL, NOW + 60_000, 1), ends);
        invoker.submit(admitted("acme", "r1", MODEL, NOW + 500, 1), ends);

        clock.advanceBy(499);
        assertThat(ends.done).isEmpty();
        clock.advanceBy(2);

        assertThat(ends.only().reason()).isEqualTo("deadline");
        assertThat(model.calls).hasSize(1);
    }

    @Test
    void deadlinePassedBeforeArrivalCallsNobody() {
        assertThat(endOf(admitted("acme", "r1", MODEL, NOW, 1)).reason()).isEqualTo("deadline");
        assertThat(model.calls).isEmpty();
    }

    @Test
    void modelWithoutPriceIsCalledForNothingAndSaysSo() {
        OutcomeFacts outcome = endOf(admitted("acme", "r1", "who.knows", NOW + 60_000, 1));

        assertThat(outcome.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(outcome.usage()).isEqualTo(Usage.of(1_000, 100));
        assertThat(outcome.costPicoUsd()).isZero();
        assertThat(outcome.priceVersion()).isEqualTo("unpriced");
        assertThat(store.items.get("r1").priceVersion()).isEqualTo("unpriced");
    }

    @Test
    void downgradedRequestIsCalledPricedAndReportedAsTheOtherModel() {
        OutcomeFacts outcome =
                endOf(
                        Requests.downgraded(
                                admitted("acme", "r1", "who.knows", NOW + 60_000, 1), MODEL));

        assertThat(model.calls.get(0).model()).isEqualTo(MODEL);
        assertThat(outcome.model()).isEqualTo(MODEL);
        assertThat(store.items.get("r1").model()).isEqualTo(MODEL);
        assertThat(outcome.costPicoUsd()).isEqualTo(35_000_000L + 14_000_000L);
    }

    @Test
    void earlierTurnsGoWithTheCall() {
        AdmittedRequest plain = admitted("acme", "r1");
        endOf(new AdmittedRequest(plain.request(), plain.decision(), List.of("{}")));

        assertThat(model.calls.get(0).earlierTurns()).containsExactly("{}");
    }

    @Test
    void withdrawnCallNeverStartsAndEndsAsCancelledWithoutCost() {
        model.stalling = true;
        List<String> over = new ArrayList<>();
        invoker.submit(admitted("acme", "r0", MODEL, NOW + 60_000, 1), ends);
        invoker.submit(admitted("acme", "r1", MODEL, NOW + 60_000, 1), ends);

        invoker.withdraw("acme", "r1", () -> over.add("r1"));

        assertThat(over).containsExactly("r1");
        assertThat(ends.only().status()).isEqualTo(OutcomeStatus.CANCELLED);
        assertThat(ends.only().reason()).isEqualTo("cancelled");
        assertThat(ends.only().attempt()).isZero();
        assertThat(ends.only().costPicoUsd()).isZero();
        assertThat(store.items.get("r1").status()).isEqualTo(ResultStatus.CANCELLED);
        assertThat(store.items.get("r1").decision().reason()).isEqualTo("cancelled");
        model.stalled.remove().complete(ScriptedModelClient.reply("first"));
        assertThat(model.calls).hasSize(1);
        assertThat(ends.done).hasSize(2);
    }

    @Test
    void withdrawalOfWhatRunsEndedOrIsUnknownChangesNothing() {
        List<String> over = new ArrayList<>();
        invoker.submit(admitted("acme", "r0"), ends);
        model.stalling = true;
        invoker.submit(admitted("acme", "r1"), ends);

        for (String request : List.of("r0", "r1", "r2")) {
            invoker.withdraw("acme", request, () -> over.add(request));
        }
        invoker.withdraw("other", "r1", () -> over.add("r1 of another tenant"));

        assertThat(over).hasSize(4);
        assertThat(store.items).containsOnlyKeys("r0");
        model.stalled.remove().complete(ScriptedModelClient.reply("second"));
        assertThat(ends.done)
                .extracting(outcome -> outcome.facts().status())
                .containsExactly(OutcomeStatus.SUCCEEDED, OutcomeStatus.SUCCEEDED);
    }

    /** A place gets free on another thread while the withdrawal is on its way. */
    @Test
    void callThatIsBeingWithdrawnDoesNotStartMeanwhile() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r0", MODEL, NOW + 60_000, 1), ends);
        invoker.submit(admitted("acme", "r1", MODEL, NOW + 60_000, 1), ends);
        clock.atNextReading(
                () -> model.stalled.remove().complete(ScriptedModelClient.reply("first")));

        invoker.withdraw("acme", "r1", () -> {});

        assertThat(model.calls).hasSize(1);
        assertThat(ends.done)
                .extracting(outcome -> outcome.facts().status())
                .containsExactly(OutcomeStatus.SUCCEEDED, OutcomeStatus.CANCELLED);
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void withdrawalIsOverOnceTheResultIsStored() {
        model.stalling = true;
        store.holding = true;
        List<String> over = new ArrayList<>();
        invoker.submit(admitted("acme", "r0", MODEL, NOW + 60_000, 1), ends);
        invoker.submit(admitted("acme", "r1", MODEL, NOW + 60_000, 1), ends);

        invoker.withdraw("acme", "r1", () -> over.add("r1"));
        assertThat(over).isEmpty();

        store.answerHeld();
        assertThat(over).containsExactly("r1");
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
    void callShedForAnotherTenantEndsAsLaneFull() {
        model.stalling = true;
        for (int i = 0; i < 7; i++) {
            invoker.submit(admitted("greedy", "r" + i, MODEL, NOW + 60_000, -1), ends);
        }
        assertThat(ends.done).isEmpty();

        invoker.submit(admitted("modest", "r7", MODEL, NOW + 60_000, -1), ends);

        assertThat(ends.only().requestId()).isEqualTo("r6");
        assertThat(ends.only().reason()).isEqualTo("lane-full");
        assertThat(scheduler.waiting(Lane.INTERACTIVE)).isEqualTo(3);
    }

    @Test
    void givenUpCallLeavesItsPlaceInTheRoom() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r0", MODEL, NOW + 60_000, 1), ends);
        Invocation waiting = invoker.submit(admitted("acme", "r1", MODEL, NOW + 60_000, 1), ends);

        invoker.giveUp(waiting);

        assertThat(scheduler.waiting(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void storeThatIsDownDelaysTheOutcomeAndLosesNothing() {
        for (int i = 0; i < 50; i++) {
            store.failuresToCome.add(FailureKind.RETRY);
        }
        invoker.submit(admitted("acme", "r1"), ends);
        assertThat(ends.done).isEmpty();

        clock.advanceBy(60_000);

        assertThat(ends.only().status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(model.calls).hasSize(1);
        assertThat(store.puts).hasSize(51);
    }

    @Test
    void putWhoseAnswerWasLostIsAdopted() {
        store.losingAnswers = true;
        store.failuresToCome.add(FailureKind.RETRY);
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(1_000);

        assertThat(ends.only().status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(store.items).hasSize(1);
    }

    @Test
    void storeThatCannotWorkStopsTheJob() {
        store.failuresToCome.add(FailureKind.FATAL);
        invoker.submit(admitted("acme", "r1"), ends);

        assertThat(ends.done).isEmpty();
        assertThat(ends.failures).hasSize(1);
    }

    @Test
    void answerThatCannotBeStoredIsStillPaidFor() {
        store.failuresToCome.add(FailureKind.POISON);

        OutcomeFacts outcome = endOf(admitted("acme", "r1"));

        assertThat(outcome.reason()).isEqualTo("payload-error");
        assertThat(outcome.costPicoUsd()).isEqualTo(49_000_000L);
        assertThat(store.items.get("r1").output()).isNull();
    }

    /** What it is paid for is not thrown away, and what it cost is in the result. */
    @Test
    void givenUpCallEndsOnceByWhatItsAttemptComesTo() {
        model.stalling = true;
        Invocation invocation = invoker.submit(admitted("acme", "r1"), ends);

        invoker.giveUp(invocation);
        assertThat(ends.done).isEmpty();
        model.stalled.remove().complete(ScriptedModelClient.reply("late"));

        assertThat(ends.only().status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(store.puts).hasSize(1);
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void givenUpCallThatFailsIsNotRepeatedAndItsAttemptCounts() {
        model.stalling = true;
        Invocation invocation = invoker.submit(admitted("acme", "r1"), ends);
        invoker.giveUp(invocation);

        model.stalled
                .remove()
                .completeExceptionally(ScriptedModelClient.failure(ModelFailure.TIMEOUT));
        clock.advanceBy(10_000);

        assertThat(ends.only().reason()).isEqualTo("model-error");
        assertThat(ends.only().attempt()).isEqualTo(1);
        // 10 input tokens and 100 of output, as estimated
        assertThat(ends.only().estimatedCostPicoUsd()).isEqualTo(350_000L + 14_000_000L);
        assertThat(model.calls).hasSize(1);
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void callThatIsGivenUpBeforeItIsClaimedIsNotMade() {
        attempts.failuresToCome.add(FailureKind.RETRY);
        Invocation invocation = invoker.submit(admitted("acme", "r1"), ends);
        invoker.giveUp(invocation);
        clock.advanceBy(1_000);

        assertThat(ends.only().status()).isEqualTo(OutcomeStatus.FAILED);
        assertThat(ends.only().attempt()).isZero();
        assertThat(model.calls).isEmpty();
        assertThat(attempts.items).isEmpty();
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void givingUpAWaitingCallNeverStartsIt() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r0", MODEL, NOW + 60_000, 1), ends);
        Invocation waiting = invoker.submit(admitted("acme", "r1", MODEL, NOW + 60_000, 1), ends);

        invoker.giveUp(waiting);
        model.stalled.remove().complete(ScriptedModelClient.reply("first"));

        assertThat(model.calls).hasSize(1);
        assertThat(ends.done).hasSize(2);
        assertThat(scheduler.running(Lane.INTERACTIVE)).isZero();
    }

    @Test
    void manyAnswersAtOnceNeedNoStack() {
        ModelInvoker wide = invoker();
        for (int i = 0; i < 20_000; i++) {
            wide.submit(admitted("t" + i % 7, "r" + i), ends);
        }

        assertThat(ends.done).hasSize(20_000);
    }

    @Test
    void requestThatWasTriedInVainLeavesALetterWithWhatIsNeededToSendItAgain() {
        for (int i = 0; i < 4; i++) {
            model.failuresToCome.add(ModelFailure.UNAVAILABLE);
        }
        AdmittedRequest request = admitted("acme", "r1");
        invoker.submit(request, ends);
        clock.advanceBy(10_000);

        assertThat(ends.only().reason()).isEqualTo("model-error");
        DeadLetter letter = ends.letters.get(0);
        assertThat(letter.reason()).isEqualTo("exhausted");
        assertThat(letter.tenantId()).isEqualTo("acme");
        assertThat(letter.requestId()).isEqualTo("r1");
        assertThat(letter.attempts()).isEqualTo(4);
        assertThat(letter.lastError()).isEqualTo("unavailable");
        assertThat(letter.arrivedAtMillis()).isEqualTo(NOW - 10);
        assertThat(letter.diedAtMillis()).isEqualTo(ends.only().finishedAtMillis());
        assertThat(EventJson.read(Base64.getDecoder().decode(letter.raw())))
                .isEqualTo(request.request());
    }

    @Test
    void letterOfARequestRepeatsItsNameWhenTheJobIsRestored() {
        model.failuresToCome.add(ModelFailure.PERMANENT);
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(5_000);
        invoker.submit(admitted("acme", "r1"), ends); // answered this time, but the failure stands

        assertThat(ends.letters).hasSize(2).doesNotContainNull();
        assertThat(ends.letters.get(1).id()).isEqualTo(ends.letters.get(0).id());
    }

    @Test
    void answeredShedWithdrawnAndLateRequestsLeaveNoLetter() {
        invoker.submit(admitted("acme", "answered"), ends);
        invoker.submit(admitted("acme", "late", MODEL, NOW - 1, 2), ends);
        model.stalling = true;
        for (int i = 0; i < 9; i++) { // four run, three wait
            invoker.submit(admitted("t" + i, "r" + i), ends);
        }
        invoker.withdraw("t4", "r4", () -> {});

        assertThat(ends.done)
                .extracting(outcome -> outcome.facts().reason())
                .contains(null, "deadline", "lane-full", "cancelled");
        assertThat(ends.letters).containsOnlyNulls();
    }

    @Test
    void triedRequestThatIsShedLeavesALetter() {
        for (int i = 0; i < 3; i++) {
            model.failuresToCome.add(ModelFailure.UNAVAILABLE);
            invoker.submit(admitted("acme", "r" + i, MODEL, NOW + 60_000, -1), ends);
        }
        model.stalling = true;
        for (int i = 0; i < 5; i++) { // four run
            invoker.submit(admitted("other", "o" + i, MODEL, NOW + 60_000, -1), ends);
        }

        assertThat(ends.only().requestId()).isEqualTo("r2");
        assertThat(ends.only().reason()).isEqualTo("lane-full");
        assertThat(ends.letters.get(0).reason()).isEqualTo("exhausted");
        assertThat(ends.letters.get(0).attempts()).isEqualTo(1);
    }

    @Test
    void unreadablePromptIsALetterOfALostPayload() {
        model.failuresToCome.add(ModelFailure.PAYLOAD);
        invoker.submit(admitted("acme", "r1"), ends);
        assertThat(ends.letters.get(0).reason()).isEqualTo("payload-lost");
        assertThat(ends.letters.get(0).lastError()).isEqualTo("payload");
    }

    /** Collects ends. */
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

    private static final class Ends implements Invocation.Completion {
        private final List<OutcomeEvent> done = new ArrayList<>();

        /** One for each end; null where there is none. */
        private final List<DeadLetter> letters = new ArrayList<>();

        private final List<Throwable> failures = new ArrayList<>();

        @Override
        public void done(CallEnd end) {
            done.add(end.outcome());
            letters.add(end.letter());
        }

        @Override
        public void failed(Throwable failure) {
            failures.add(failure);
        }

        private OutcomeFacts only() {
            assertThat(failures).isEmpty();
            assertThat(done).hasSize(1);
            return done.get(0).facts();
        }
    }
}
