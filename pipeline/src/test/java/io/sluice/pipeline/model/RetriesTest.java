package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Usage;
import io.sluice.pipeline.model.schedule.Lane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which failed attempts are followed by another one. */
class RetriesTest extends InvokerFixture {
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
}
