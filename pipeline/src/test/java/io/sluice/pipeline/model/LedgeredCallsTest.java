package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Usage;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.sinks.aws.FailureKind;
import org.junit.jupiter.api.Test;

/**
 * Calls under the ledger: what is stored before and after them, and what a later run makes of it.
 */
class LedgeredCallsTest extends InvokerFixture {
    @Test
    void callIsClaimedBeforeItIsMadeAndFinishedBeforeItsResultIsStored() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r1"), ends);
        assertThat(rows()).hasSize(1).allMatch(AttemptItem::isOpen);
        assertThat(rows().get(0).endsByMillis()).isEqualTo(NOW + Ledgers.LONGEST_MILLIS);

        store.failuresToCome.add(FailureKind.RETRY);
        model.stalled.remove().complete(ScriptedModelClient.reply("hello"));

        AttemptEnd end = rows().get(0).end();
        assertThat(store.items).isEmpty();
        assertThat(end.status()).isEqualTo(OutcomeStatus.SUCCEEDED);
        assertThat(end.usage()).isEqualTo(Usage.of(1_000, 100));
        assertThat(end.costPicoUsd()).isEqualTo(COST);
        assertThat(end.ambiguous()).isFalse();
        assertThat(attempts.operations).containsExactly("claim", "finish");
        clock.advanceBy(1_000);
        assertThat(store.items.get("r1").output()).isEqualTo(end.output());
        assertThat(ends.done.get(0).facts().providerCostPicoUsd()).isEqualTo(COST);
    }

    @Test
    void failedAttemptsHaveRowsOfTheirOwn() {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        model.failuresToCome.add(ModelFailure.UNAVAILABLE);
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(1_000);

        assertThat(rows()).extracting(AttemptItem::attempt).containsExactly(1, 2, 3);
        assertThat(rows())
                .extracting(row -> row.end().reason())
                .containsExactly("throttled", "unavailable", null);
        assertThat(rows())
                .extracting(row -> row.end().ambiguous())
                .containsExactly(false, true, false);
        assertThat(rows()).noneMatch(row -> row.end().estimated());
        assertThat(store.items.get("r1").providerCostPicoUsd()).isEqualTo(COST);
        assertThat(store.items.get("r1").possibleDuplicate()).isFalse();
    }

    @Test
    void nothingIsCalledThatCannotBeClaimed() {
        for (int i = 0; i < 3; i++) {
            attempts.failuresToCome.add(FailureKind.RETRY);
        }
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(100 + 200);
        assertThat(model.calls).isEmpty();

        clock.advanceBy(400);
        assertThat(model.calls).hasSize(1);
        assertThat(ends.done).hasSize(1);
    }

    @Test
    void claimWhoseAnswerWasLostIsKnownAgain() {
        attempts.failuresToCome.add(FailureKind.RETRY);
        attempts.losingAnswers = true;
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(100);

        assertThat(model.calls).hasSize(1);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void claimThatCameTooLateIsGivenBackAndNothingIsCalled() {
        attempts.failuresToCome.add(FailureKind.RETRY);
        invoker.submit(admitted("acme", "r1", MODEL, NOW + 50, 1), ends);
        clock.advanceBy(100);

        assertThat(model.calls).isEmpty();
        assertThat(rows()).isEmpty();
        assertThat(store.items.get("r1").decision().reason()).isEqualTo("deadline");
        assertThat(store.items.get("r1").attempt()).isZero();
    }

    @Test
    void endWhoseAnswerWasLostIsStoredOnce() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r1"), ends);
        attempts.failuresToCome.add(FailureKind.RETRY);
        attempts.losingAnswers = true;
        model.stalled.remove().complete(ScriptedModelClient.reply("hello"));
        assertThat(store.puts).isEmpty();
        clock.advanceBy(100);

        assertThat(ends.done).hasSize(1);
        assertThat(ends.failures).isEmpty();
    }

    @Test
    void storeThatCannotWorkStopsTheJobBeforeACallIsMade() {
        attempts.failuresToCome.add(FailureKind.FATAL);
        invoker.submit(admitted("acme", "r1"), ends);

        assertThat(model.calls).isEmpty();
        assertThat(ends.done).isEmpty();
        assertThat(ends.failures).hasSize(1);
    }

    @Test
    void answerTooLargeForTheLedgerIsStillPaidForAndNeverCalledAgain() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r1"), ends);
        attempts.failuresToCome.add(FailureKind.POISON);
        model.stalled.remove().complete(ScriptedModelClient.reply("large"));

        assertThat(rows().get(0).end().output()).isNull();
        assertThat(rows().get(0).end().costPicoUsd()).isEqualTo(COST);
        ResultItem result = store.items.get("r1");
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
    void requestWhoseResultStandsIsNotCalledAgain() {
        ResultItem first = resultOf(admitted("acme", "r1"));
        attempts.items.clear();

        run("run-2").submit(admitted("acme", "r1"), ends);

        assertThat(model.calls).hasSize(1);
        assertThat(ends.done).hasSize(2);
        assertThat(store.items.get("r1")).isEqualTo(first);
    }

    @Test
    void nothingIsLookedUpForRequestsThatNoEarlierRunCanKnow() {
        AdmittedRequest late = admitted("acme", "r1", MODEL, NOW + 120_001, 1);
        AdmittedRequest fresh =
                facts(late, f -> f.toBuilder().receivedAtMillis(NOW + 120_000).build());
        clock.advanceBy(200_000);
        invoker.submit(fresh, ends);

        assertThat(ends.done).hasSize(1);
        assertThat(attempts.operations).isEmpty();
    }
}
