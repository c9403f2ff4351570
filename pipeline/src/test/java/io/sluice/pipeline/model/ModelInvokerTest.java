package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.model.schedule.Lane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes in and what is withdrawn; the plain way of a request to its end. */
class ModelInvokerTest extends InvokerFixture {
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
}
