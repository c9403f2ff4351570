package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.json.EventJson;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Which ends leave a dead letter, and what is in it. */
class CallLettersTest extends InvokerFixture {
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
}
