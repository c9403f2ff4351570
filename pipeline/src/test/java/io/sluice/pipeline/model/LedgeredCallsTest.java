package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

/**
 * Calls under the ledger: what is stored before and after them, and what a later run makes of it.
 */
class LedgeredCallsTest {
    /** 1,000 input and 100 output tokens of the model. */
    private static final long COST = 49_000_000;

    /** 10 estimated input tokens and 100 that the request may be answered with. */
    private static final long ESTIMATE = 350_000 + 14_000_000;

    private final ManualClock clock = new ManualClock(NOW);
    private final ScriptedModelClient model = new ScriptedModelClient();
    private final ScriptedResultStore results = new ScriptedResultStore();
    private final ScriptedAttemptStore attempts = new ScriptedAttemptStore();
    private final List<OutcomeEvent> done = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final ModelInvoker invoker = run("run-1");

    private ModelInvoker run(String name) {
        CallScheduler<Invocation> scheduler =
                new CallScheduler<>(
                        new LaneBounds(4, 1 << 20, 3, 1 << 20),
                        new LaneBounds(2, 1 << 20, 3, 1 << 20),
                        5_000,
                        TargetSettings.WIDE.capacitiesOf(0, 1));
        InvokeMetrics metrics =
                new InvokeMetrics(new UnregisteredMetricsGroup(), scheduler, clock::millis);
        Backoff backoff = new Backoff(100, 1_000, bound -> bound - 1);
        FinalResults priced = new FinalResults(PriceBookJson.shipped());
        AttemptLedger ledger = Ledgers.of(attempts, name, clock, backoff, metrics);
        return new ModelInvoker(
                new ModelCaller(
                        model,
                        ledger,
                        priced,
                        clock,
                        backoff,
                        new Router(
                                new Breakers(BreakerSettings.SHIPPED, 1, (place, circuit) -> {}),
                                "us-east-1"),
                        new RetryBudget(),
                        4,
                        metrics),
                priced,
                scheduler,
                new ResultWriter(results, 2, clock, backoff, metrics),
                clock,
                metrics,
                false);
    }

    private void submit(ModelInvoker to, AdmittedRequest request) {
        to.submit(
                request,
                new Invocation.Completion() {
                    @Override
                    public void done(CallEnd end) {
                        OutcomeEvent outcome = end.outcome();
                        done.add(outcome);
                    }

                    @Override
                    public void failed(Throwable failure) {
                        failures.add(failure);
                    }
                });
    }

    private ResultItem resultOf(AdmittedRequest request) {
        submit(invoker, request);
        return results.items.get("r1");
    }

    private List<AttemptItem> rows() {
        return attempts.attemptsOf("acme", "r1");
    }

    @Test
    void callIsClaimedBeforeItIsMadeAndFinishedBeforeItsResultIsStored() {
        model.stalling = true;
        submit(invoker, admitted("acme", "r1"));
        assertThat(rows()).hasSize(1).allMatch(AttemptItem::isOpen);
        assertThat(rows().get(0).endsByMillis()).isEqualTo(NOW + Ledgers.LONGEST_MILLIS);

        results.failuresToCome.add(FailureKind.RETRY);
        model.stalled.remove().complete(ScriptedModelClient.reply("hello"));

        AttemptEnd end = rows().get(0).end();
        assertThat(results.items).isEmpty();
        assertThat(end.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(end.usage()).isEqualTo(Usage.of(1_000, 100));
        assertThat(end.costPicoUsd()).isEqualTo(COST);
        assertThat(end.ambiguous()).isFalse();
        assertThat(attempts.operations).containsExactly("claim", "finish");
        clock.advanceBy(1_000);
        assertThat(results.items.get("r1").output()).isEqualTo(end.output());
        assertThat(done.get(0).facts().providerCostPicoUsd()).isEqualTo(COST);
    }

    @Test
    void stopWaitsForTheAnswerOfACallSoThatTheNextRunKnowsIt() throws Exception {
        model.stalling = true;
        submit(invoker, admitted("acme", "r1"));
        Thread stop = stopInBackground(Duration.ofMinutes(1));
        assertThat(stop.isAlive()).isTrue();

        model.stalled.remove().complete(ScriptedModelClient.reply("hello"));
        stop.join();
        invoker.close();
        submit(run("run-2"), admitted("acme", "r1"));

        assertThat(model.calls).hasSize(1);
        assertThat(rows()).singleElement().matches(row -> !row.end().ambiguous());
        assertThat(results.items.get("r1").status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(results.items.get("r1").possibleDuplicate()).isFalse();
    }

    @Test
    void stopRepeatsNoCallAndEndsNoRequestThatTheNextRunCanHaveAnswered() throws Exception {
        model.stalling = true;
        submit(invoker, admitted("acme", "r1"));
        Thread stop = stopInBackground(Duration.ofMinutes(1));

        model.stalled
                .remove()
                .completeExceptionally(ScriptedModelClient.failure(ModelFailure.THROTTLED));
        stop.join();
        clock.advanceBy(10_000);
        assertThat(model.calls).hasSize(1);
        assertThat(results.items).isEmpty();

        invoker.close();
        model.stalling = false;
        submit(run("run-2"), admitted("acme", "r1"));
        clock.advanceBy(10_000);
        assertThat(results.items.get("r1").status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(rows()).extracting(AttemptItem::attempt).containsExactly(1, 2);
    }

    @Test
    void stopDoesNotWaitLongerThanItIsTold() {
        model.stalling = true;
        submit(invoker, admitted("acme", "r1"));

        invoker.stop(Duration.ofMillis(1));

        assertThat(rows()).hasSize(1).allMatch(AttemptItem::isOpen);
        submit(invoker, admitted("acme", "r2"));
        assertThat(model.calls).hasSize(1);
    }

    /** The job restarts because of it, and a restart must not take as long as a call. */
    @Test
    void stopDoesNotWaitForEndsThatTheStoreCannotTake() throws Exception {
        model.stalling = true;
        submit(invoker, admitted("acme", "r1"));
        submit(invoker, admitted("acme", "r2"));
        Thread stop = stopInBackground(Duration.ofMinutes(5));

        attempts.failuresToCome.add(FailureKind.FATAL);
        model.stalled.remove().complete(ScriptedModelClient.reply("hello"));

        stop.join(60_000);
        assertThat(stop.isAlive()).isFalse();
        assertThat(failures).hasSize(1);
        assertThat(model.stalled).hasSize(1);
    }

    /** Returns once it waits. */
    private Thread stopInBackground(Duration atMost) {
        Thread stop = new Thread(() -> invoker.stop(atMost));
        stop.start();
        await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);
        return stop;
    }

    @Test
    void failedAttemptsHaveRowsOfTheirOwn() {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        model.failuresToCome.add(ModelFailure.UNAVAILABLE);
        submit(invoker, admitted("acme", "r1"));
        clock.advanceBy(1_000);

        assertThat(rows()).extracting(AttemptItem::attempt).containsExactly(1, 2, 3);
        assertThat(rows())
                .extracting(row -> row.end().reason())
                .containsExactly("throttled", "unavailable", null);
        assertThat(rows())
                .extracting(row -> row.end().ambiguous())
                .containsExactly(false, true, false);
        assertThat(rows()).noneMatch(row -> row.end().estimated());
        assertThat(results.items.get("r1").providerCostPicoUsd()).isEqualTo(COST);
        assertThat(results.items.get("r1").possibleDuplicate()).isFalse();
    }

    @Test
    void nothingIsCalledThatCannotBeClaimed() {
        for (int i = 0; i < 3; i++) {
            attempts.failuresToCome.add(FailureKind.RETRY);
        }
        submit(invoker, admitted("acme", "r1"));
        clock.advanceBy(100 + 200);
        assertThat(model.calls).isEmpty();

        clock.advanceBy(400);
        assertThat(model.calls).hasSize(1);
        assertThat(done).hasSize(1);
    }

    @Test
    void claimWhoseAnswerWasLostIsKnownAgain() {
        attempts.failuresToCome.add(FailureKind.RETRY);
        attempts.losingAnswers = true;
        submit(invoker, admitted("acme", "r1"));
        clock.advanceBy(100);

        assertThat(model.calls).hasSize(1);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void claimThatCameTooLateIsGivenBackAndNothingIsCalled() {
        attempts.failuresToCome.add(FailureKind.RETRY);
        submit(invoker, admitted("acme", "r1", MODEL, NOW + 50, 1));
        clock.advanceBy(100);

        assertThat(model.calls).isEmpty();
        assertThat(rows()).isEmpty();
        assertThat(results.items.get("r1").decision().reason()).isEqualTo("deadline");
        assertThat(results.items.get("r1").attempt()).isZero();
    }

    @Test
    void endWhoseAnswerWasLostIsStoredOnce() {
        model.stalling = true;
        submit(invoker, admitted("acme", "r1"));
        attempts.failuresToCome.add(FailureKind.RETRY);
        attempts.losingAnswers = true;
        model.stalled.remove().complete(ScriptedModelClient.reply("hello"));
        assertThat(results.puts).isEmpty();
        clock.advanceBy(100);

        assertThat(done).hasSize(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void storeThatCannotWorkStopsTheJobBeforeACallIsMade() {
        attempts.failuresToCome.add(FailureKind.FATAL);
        submit(invoker, admitted("acme", "r1"));

        assertThat(model.calls).isEmpty();
        assertThat(done).isEmpty();
        assertThat(failures).hasSize(1);
    }

    @Test
    void answerTooLargeForTheLedgerIsStillPaidForAndNeverCalledAgain() {
        model.stalling = true;
        submit(invoker, admitted("acme", "r1"));
        attempts.failuresToCome.add(FailureKind.POISON);
        model.stalled.remove().complete(ScriptedModelClient.reply("large"));

        assertThat(rows().get(0).end().output()).isNull();
        assertThat(rows().get(0).end().costPicoUsd()).isEqualTo(COST);
        ResultItem result = results.items.get("r1");
        assertThat(result.decision().reason()).isEqualTo("payload-error");
        assertThat(result.providerCostPicoUsd()).isEqualTo(COST);
        assertThat(model.calls).hasSize(1);
    }

    @Test
    void promptThatCannotBeSentIsNoAttempt() {
        model.failuresToCome.add(ModelFailure.PAYLOAD);

        ResultItem result = resultOf(admitted("acme", "r1"));

        assertThat(result.decision().reason()).isEqualTo("payload-error");
        assertThat(result.attempt()).isZero();
        assertThat(rows()).isEmpty();
    }

    @Test
    void callThatNobodyAnsweredIsAmbiguousAndItsCostAnEstimate() {
        model.failuresToCome.add(ModelFailure.TIMEOUT);

        ResultItem result = resultOf(with(AmbiguousAction.FAIL));

        AttemptEnd end = rows().get(0).end();
        assertThat(end.ambiguous()).isTrue();
        assertThat(end.estimated()).isTrue();
        assertThat(end.usage()).isEqualTo(Usage.of(10, 100).toBuilder().estimated(true).build());
        assertThat(result.costPicoUsd()).isZero();
        assertThat(result.providerCostPicoUsd()).isZero();
        assertThat(result.estimatedCostPicoUsd()).isEqualTo(ESTIMATE);
    }

    @Test
    void answerThatNobodyCanReadIsPaidForAsEstimatedAndNotAskedForAgain() {
        model.failuresToCome.add(ModelFailure.UNREADABLE);

        ResultItem result = resultOf(with(AmbiguousAction.RETRY));
        clock.advanceBy(10_000);

        assertThat(model.calls).hasSize(1);
        assertThat(rows()).singleElement().matches(row -> row.end().ambiguous());
        assertThat(result.decision().reason()).isEqualTo("model-error");
        assertThat(result.costPicoUsd()).isZero();
        assertThat(result.estimatedCostPicoUsd()).isEqualTo(ESTIMATE);
    }

    @Test
    void finishedAttemptOfAnEarlierRunIsUsedAtItsOwnPrice() {
        attempts.put(answered(claim(1, NOW - 9_000), 7, "older-prices"));

        ResultItem result = resultOf(admitted("acme", "r1"));

        assertThat(model.calls).isEmpty();
        assertThat(result.costPicoUsd()).isEqualTo(7);
        assertThat(result.priceVersion()).isEqualTo("older-prices");
        assertThat(result.output())
                .isEqualTo("{\"text\":\"earlier\",\"stop_reason\":\"end_turn\"}");
        assertThat(result.finishedAtMillis()).isEqualTo(NOW - 8_000);
        assertThat(result.latencyMillis()).isEqualTo(1_000);
        assertThat(result.possibleDuplicate()).isFalse();
    }

    /** Each had failed once and was being called again when the earlier run died. */
    @Test
    void failuresOfAnEarlierRunSpendNoRetriesThatItHadGranted() {
        for (int i = 0; i < 20; i++) {
            attempts.put(failed(claim("q" + i, 1, NOW - 9_000)));
            attempts.put(claim("q" + i, 2, NOW - 7_000));
            submit(invoker, admitted("acme", "q" + i));
        }

        assertThat(model.calls).hasSize(20);
        assertThat(results.items.values())
                .hasSize(20)
                .allMatch(item -> item.status() == ResultStatus.SUCCEEDED);
    }

    @Test
    void retriesAfterFailuresOfAnEarlierRunAreMadeAndCount() {
        for (int i = 0; i < 20; i++) {
            attempts.put(failed(claim("q" + i, 1, NOW - 9_000)));
            submit(invoker, admitted("acme", "q" + i));
        }
        assertThat(model.calls).hasSize(20);

        model.failuresToCome.add(ModelFailure.TRANSIENT);
        assertThat(resultOf(admitted("acme", "r1")).status()).isEqualTo(ResultStatus.FAILED);
    }

    @Test
    void attemptWithoutAnEndIsMadeAgainAndMarkedIfThePolicySaysSo() {
        attempts.put(claim(1, NOW - 9_000));

        ResultItem result = resultOf(with(AmbiguousAction.RETRY));

        assertThat(model.calls).hasSize(1);
        assertThat(rows()).hasSize(2);
        assertThat(rows().get(0).end().reason()).isEqualTo("interrupted");
        assertThat(rows().get(0).end().estimated()).isTrue();
        assertThat(result.attempt()).isEqualTo(2);
        assertThat(result.possibleDuplicate()).isTrue();
        assertThat(result.costPicoUsd()).isEqualTo(COST);
        assertThat(result.providerCostPicoUsd()).isEqualTo(COST);
        assertThat(result.estimatedCostPicoUsd()).isEqualTo(ESTIMATE);
        assertThat(done.get(0).facts().estimatedCostPicoUsd()).isEqualTo(ESTIMATE);
    }

    @Test
    void attemptWithoutAnEndEndsTheRequestIfThePolicySaysSo() {
        attempts.put(claim(1, NOW - 9_000));

        ResultItem result = resultOf(with(AmbiguousAction.FAIL));

        assertThat(model.calls).isEmpty();
        assertThat(result.status()).isEqualTo(ResultStatus.FAILED);
        assertThat(result.decision().reason()).isEqualTo("ambiguous");
        assertThat(result.costPicoUsd()).isZero();
        assertThat(result.estimatedCostPicoUsd()).isEqualTo(ESTIMATE);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void interruptionsDoNotUseUpTheAttempts() {
        for (int number = 1; number <= 6; number++) {
            attempts.put(claim(number, NOW - 9_000));
        }

        assertThat(resultOf(with(AmbiguousAction.RETRY)).status())
                .isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(model.calls).hasSize(1);
        assertThat(rows()).hasSize(7);
    }

    @Test
    void runThatWasTakenOverStoresNothingAndStops() {
        model.stalling = true;
        submit(invoker, admitted("acme", "r1"));
        clock.advanceBy(5_000);
        model.stalling = false;
        submit(run("run-2"), admitted("acme", "r1"));
        ResultItem second = results.items.get("r1");

        model.stalled.remove().complete(ScriptedModelClient.reply("from the dead"));

        assertThat(failures).hasSize(1);
        assertThat(done).hasSize(1);
        assertThat(results.items.get("r1")).isEqualTo(second);
        assertThat(results.puts).hasSize(1);
        assertThat(rows().get(0).end().reason()).isEqualTo("interrupted");
    }

    @Test
    void claimOfALaterRunIsLeftToIt() {
        AttemptItem later = claim(1, NOW + 5_000);
        attempts.put(later);
        submit(invoker, admitted("acme", "r1"));
        clock.advanceBy(2_500);
        assertThat(model.calls).isEmpty();
        assertThat(rows()).containsExactly(later);

        attempts.put(answered(later, 7, "p"));
        clock.advanceBy(1_000);
        assertThat(results.items.get("r1").costPicoUsd()).isEqualTo(7);
        assertThat(model.calls).isEmpty();
    }

    @Test
    void paidAnswerIsNotLostToADeadlineThatPassedMeanwhile() {
        attempts.put(answered(claim(1, NOW - 9_000), 7, "p"));

        ResultItem result = resultOf(admitted("acme", "r1", MODEL, NOW, 1));

        assertThat(result.status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(result.costPicoUsd()).isEqualTo(7);
    }

    @Test
    void whatADeadlineEndsIsTakenOverAllTheSame() {
        attempts.put(claim(1, NOW - 9_000));

        ResultItem result = resultOf(admitted("acme", "r1", MODEL, NOW, 1));

        assertThat(result.decision().reason()).isEqualTo("deadline");
        assertThat(result.attempt()).isEqualTo(1);
        assertThat(result.estimatedCostPicoUsd()).isEqualTo(ESTIMATE);
        assertThat(rows()).noneMatch(AttemptItem::isOpen);
    }

    @Test
    void requestWhoseResultStandsIsNotCalledAgain() {
        ResultItem first = resultOf(admitted("acme", "r1"));
        attempts.items.clear();

        submit(run("run-2"), admitted("acme", "r1"));

        assertThat(model.calls).hasSize(1);
        assertThat(done).hasSize(2);
        assertThat(results.items.get("r1")).isEqualTo(first);
    }

    @Test
    void nothingIsLookedUpForRequestsThatNoEarlierRunCanKnow() {
        AdmittedRequest late = admitted("acme", "r1", MODEL, NOW + 120_001, 1);
        AdmittedRequest fresh =
                facts(late, f -> f.toBuilder().receivedAtMillis(NOW + 120_000).build());
        clock.advanceBy(200_000);
        submit(invoker, fresh);

        assertThat(done).hasSize(1);
        assertThat(attempts.operations).isEmpty();
    }

    private static AdmittedRequest with(AmbiguousAction action) {
        return facts(
                admitted("acme", "r1"),
                facts ->
                        facts.toBuilder()
                                .policy(facts.policy().toBuilder().ambiguous(action).build())
                                .build());
    }

    private static AdmittedRequest facts(
            AdmittedRequest request, UnaryOperator<RequestFacts> change) {
        return new AdmittedRequest(
                request.request().toBuilder()
                        .facts(change.apply(request.request().facts()))
                        .build(),
                request.decision());
    }

    /** As a run left it that began then. */
    private static AttemptItem claim(int number, long openedAtMillis) {
        return claim("r1", number, openedAtMillis);
    }

    private static AttemptItem claim(String requestId, int number, long openedAtMillis) {
        Target target = Target.of(MODEL, "us-east-1", ServiceTier.DEFAULT);
        ModelCall call = ModelCall.of(admitted("acme", requestId), target);
        return Ledgers.rules("run-0", openedAtMillis)
                .claim(call, number, target.key(), openedAtMillis);
    }

    private static AttemptItem failed(AttemptItem claim) {
        return claim.finished(
                AttemptEnd.builder()
                        .finishedAtMillis(claim.claimedAtMillis() + 1_000)
                        .finishedBy(claim.runId())
                        .status(OutcomeStatus.FAILED)
                        .reason(ModelFailure.TRANSIENT.wireName())
                        .usage(Usage.NONE)
                        .priceVersion("p")
                        .build());
    }

    private static AttemptItem answered(AttemptItem claim, long cost, String priceVersion) {
        return claim.finished(
                AttemptEnd.builder()
                        .finishedAtMillis(claim.claimedAtMillis() + 1_000)
                        .finishedBy(claim.runId())
                        .status(OutcomeStatus.SUCCEEDED)
                        .stopReason("end_turn")
                        .usage(Usage.of(1, 1))
                        .costPicoUsd(cost)
                        .priceVersion(priceVersion)
                        .latencyMillis(1_000)
                        .output("{\"text\":\"earlier\",\"stop_reason\":\"end_turn\"}")
                        .build());
    }
}
