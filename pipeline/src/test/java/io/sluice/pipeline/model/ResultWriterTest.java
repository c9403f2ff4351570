package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.sinks.aws.FailureKind;
import org.junit.jupiter.api.Test;

/** Results on their way into a store that is slow, down or cannot take them. */
class ResultWriterTest extends InvokerFixture {
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
}
