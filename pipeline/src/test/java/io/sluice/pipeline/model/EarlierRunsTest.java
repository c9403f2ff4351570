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
import io.sluice.contract.ResultStatus;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.Usage;
import org.junit.jupiter.api.Test;

/** What a run makes of the attempts that earlier ones left. */
class EarlierRunsTest extends InvokerFixture {
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
            invoker.submit(admitted("acme", "q" + i), ends);
        }

        assertThat(model.calls).hasSize(20);
        assertThat(store.items.values())
                .hasSize(20)
                .allMatch(item -> item.status() == ResultStatus.SUCCEEDED);
    }

    @Test
    void retriesAfterFailuresOfAnEarlierRunAreMadeAndCount() {
        for (int i = 0; i < 20; i++) {
            attempts.put(failed(claim("q" + i, 1, NOW - 9_000)));
            invoker.submit(admitted("acme", "q" + i), ends);
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
        assertThat(ends.done.get(0).facts().estimatedCostPicoUsd()).isEqualTo(ESTIMATE);
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
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(5_000);
        model.stalling = false;
        run("run-2").submit(admitted("acme", "r1"), ends);
        ResultItem second = store.items.get("r1");

        model.stalled.remove().complete(ScriptedModelClient.reply("from the dead"));

        assertThat(ends.failures).hasSize(1);
        assertThat(ends.done).hasSize(1);
        assertThat(store.items.get("r1")).isEqualTo(second);
        assertThat(store.puts).hasSize(1);
        assertThat(rows().get(0).end().reason()).isEqualTo("interrupted");
    }

    @Test
    void claimOfALaterRunIsLeftToIt() {
        AttemptItem later = claim(1, NOW + 5_000);
        attempts.put(later);
        invoker.submit(admitted("acme", "r1"), ends);
        clock.advanceBy(2_500);
        assertThat(model.calls).isEmpty();
        assertThat(rows()).containsExactly(later);

        attempts.put(answered(later, 7, "p"));
        clock.advanceBy(1_000);
        assertThat(store.items.get("r1").costPicoUsd()).isEqualTo(7);
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
