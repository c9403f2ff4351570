package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.ResultStatus;
import io.sluice.pipeline.model.schedule.Lane;
import io.sluice.sinks.aws.FailureKind;
import org.junit.jupiter.api.Test;

/** Ends that are not answers: deadlines, full lanes, and requests given up. */
class InvocationEndsTest extends InvokerFixture {
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
    void givenUpCallLeavesItsPlaceInTheRoom() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r0", MODEL, NOW + 60_000, 1), ends);
        Invocation waiting = invoker.submit(admitted("acme", "r1", MODEL, NOW + 60_000, 1), ends);

        invoker.giveUp(waiting);

        assertThat(scheduler.waiting(Lane.INTERACTIVE)).isZero();
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
}
