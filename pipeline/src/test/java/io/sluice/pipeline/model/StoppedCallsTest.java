package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.ResultStatus;
import io.sluice.sinks.aws.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a run that stops leaves to the next one. */
class StoppedCallsTest extends InvokerFixture {
    @Test
    void stopWaitsForTheAnswerOfACallSoThatTheNextRunKnowsIt() throws Exception {
        model.stalling = true;
        invoker.submit(admitted("acme", "r1"), ends);
        Thread stop = stopInBackground(Duration.ofMinutes(1));
        assertThat(stop.isAlive()).isTrue();

        model.stalled.remove().complete(ScriptedModelClient.reply("hello"));
        stop.join();
        invoker.close();
        run("run-2").submit(admitted("acme", "r1"), ends);

        assertThat(model.calls).hasSize(1);
        assertThat(rows()).singleElement().matches(row -> !row.end().ambiguous());
        assertThat(store.items.get("r1").status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(store.items.get("r1").possibleDuplicate()).isFalse();
    }

    @Test
    void stopRepeatsNoCallAndEndsNoRequestThatTheNextRunCanHaveAnswered() throws Exception {
        model.stalling = true;
        invoker.submit(admitted("acme", "r1"), ends);
        Thread stop = stopInBackground(Duration.ofMinutes(1));

        model.stalled
                .remove()
                .completeExceptionally(ScriptedModelClient.failure(ModelFailure.THROTTLED));
        stop.join();
        clock.advanceBy(10_000);
        assertThat(model.calls).hasSize(1);
        assertThat(store.items).isEmpty();

        invoker.close();
        model.stalling = false;
        run("run-2").submit(admitted("acme", "r1"), ends);
        clock.advanceBy(10_000);
        assertThat(store.items.get("r1").status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(rows()).extracting(AttemptItem::attempt).containsExactly(1, 2);
    }

    @Test
    void stopDoesNotWaitLongerThanItIsTold() {
        model.stalling = true;
        invoker.submit(admitted("acme", "r1"), ends);

        invoker.stop(Duration.ofMillis(1));

        assertThat(rows()).hasSize(1).allMatch(AttemptItem::isOpen);
        invoker.submit(admitted("acme", "r2"), ends);
        assertThat(model.calls).hasSize(1);
    }

    /** The job restarts because of it, and a restart must not take as long as a call. */
    @Test
    void stopDoesNotWaitForEndsThatTheStoreCannotTake() throws Exception {
        model.stalling = true;
        invoker.submit(admitted("acme", "r1"), ends);
        invoker.submit(admitted("acme", "r2"), ends);
        Thread stop = stopInBackground(Duration.ofMinutes(5));

        attempts.failuresToCome.add(FailureKind.FATAL);
        model.stalled.remove().complete(ScriptedModelClient.reply("hello"));

        stop.join(60_000);
        assertThat(stop.isAlive()).isFalse();
        assertThat(ends.failures).hasSize(1);
        assertThat(model.stalled).hasSize(1);
    }

    /** Returns once it waits. */
    private Thread stopInBackground(Duration atMost) {
        Thread stop = new Thread(() -> invoker.stop(atMost));
        stop.start();
        await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);
        return stop;
    }
}
