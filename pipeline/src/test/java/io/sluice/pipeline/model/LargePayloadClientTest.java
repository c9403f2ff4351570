package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Target;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.PromptPayload;
import io.sluice.contract.json.TurnPayload;
import io.sluice.objects.LargePayload;
import io.sluice.objects.PayloadStore;
import io.sluice.sinks.aws.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LargePayloadClientTest {
    private static final int INLINE = 1_024;
    private static final long DEADLINE = Requests.NOW + 60_000;

    private final ManualClock clock = new ManualClock(Requests.NOW);
    private final ScriptedModelClient model = new ScriptedModelClient();
    private final ScriptedObjects objects = new ScriptedObjects();
    private final PayloadStore payloads = new PayloadStore(objects);
    private final LargePayloadClient client = client(payloads);

    private LargePayloadClient client(PayloadStore store) {
        return new LargePayloadClient(
                model,
                store,
                new PayloadSettings("/unused", INLINE, PayloadSettings.LARGEST_BYTES),
                clock,
                new Backoff(100, 100, bound -> bound - 1));
    }

    /** The answer as others hear of it. */
    private CompletableFuture<ModelReply> kept(ModelCall call) {
        return client.converse(call).thenCompose(reply -> client.kept(call, reply));
    }

    private static ModelCall call(String payload, String... turns) {
        return new ModelCall(
                "acme", "req_1", Target.of(Requests.MODEL), List.of(turns), payload, DEADLINE);
    }

    private LargePayload stored(String payload) {
        LargePayload large = LargePayload.prompt("acme", "req_1", payload, INLINE);
        payloads.put(large).join();
        return large;
    }

    private static String prompt(int characters) {
        return PromptPayload.ofUserText("p".repeat(characters), 64);
    }

    @Test
    void whatIsSmallPassesUntouched() {
        ModelCall call = call(prompt(10));
        assertThat(client.converse(call).join().payload())
                .isEqualTo(AnswerPayload.ofText("hello", "end_turn"));
        assertThat(model.calls).containsExactly(call);
        assertThat(objects.calls).isZero();
    }

    @Test
    void aPromptByReferenceIsSentInFull() {
        client.converse(call(stored(prompt(5_000)).referenceText())).join();
        assertThat(model.calls.get(0).payload()).isEqualTo(prompt(5_000));
        assertThat(client.bytesInFlight()).isZero();
    }

    @Test
    void turnsByReferenceAreSentInFull() {
        String small = TurnPayload.of(prompt(3), AnswerPayload.ofText("yes", "end_turn"));
        String large =
                TurnPayload.of(
                        stored(prompt(5_000)).referenceText(),
                        AnswerPayload.ofText("no", "end_turn"));
        client.converse(call(prompt(10), small, large)).join();
        assertThat(model.calls.get(0).earlierTurns())
                .containsExactly(
                        small,
                        TurnPayload.of(prompt(5_000), AnswerPayload.ofText("no", "end_turn")));
    }

    @Test
    void aLargeAnswerIsStoredBeforeAnybodyHearsOfIt() {
        model.stalling = true;
        CompletableFuture<ModelReply> reply = kept(call(prompt(10)));
        objects.failuresToCome.addAll(List.of(true, true));
        model.stalled.poll().complete(ScriptedModelClient.reply("a".repeat(5_000)));
        assertThat(reply).isNotDone();
        clock.advanceBy(100);
        assertThat(reply).isNotDone();
        clock.advanceBy(100);
        String reference = reply.join().payload();
        assertThat(PayloadReferenceJson.isReference(reference)).isTrue();
        assertThat(AnswerPayload.stopReason(reference)).isEqualTo("end_turn");
        assertThat(reply.join().usage().outputTokens()).isEqualTo(100);
        assertThat(payloads.get("acme", reference).join())
                .isEqualTo(AnswerPayload.ofText("a".repeat(5_000), "end_turn"));
        assertThat(model.calls).hasSize(1);
    }

    @Test
    void anAnswerThatTheStoreRefusesStaysInTheReply() {
        objects.failuresToCome.add(false);
        model.stalling = true;
        CompletableFuture<ModelReply> reply = kept(call(prompt(10)));
        model.stalled.poll().complete(ScriptedModelClient.reply("a".repeat(5_000)));
        assertThat(reply.join().payload())
                .isEqualTo(AnswerPayload.ofText("a".repeat(5_000), "end_turn"));
    }

    @Test
    void aLostPromptFailsForGoodWithoutACall() {
        LargePayload gone = stored(prompt(5_000));
        objects.objects.clear();
        assertFails(call(gone.referenceText()), ModelFailure.PAYLOAD_LOST);
        LargePayload changed = stored(prompt(5_000));
        objects.objects.get(changed.reference().key())[1_000] ^= 1;
        assertFails(call(changed.referenceText()), ModelFailure.PAYLOAD_LOST);
        LargePayload foreign = LargePayload.prompt("other", "req_1", prompt(5_000), INLINE);
        payloads.put(foreign).join();
        assertFails(call(foreign.referenceText()), ModelFailure.PAYLOAD_LOST);
        assertFails(call("{\"payload_ref\":{}}"), ModelFailure.PAYLOAD);
        assertThat(model.calls).isEmpty();
        assertThat(client.bytesInFlight()).isZero();
        assertThat(ModelFailure.PAYLOAD_LOST.repeatable()).isFalse();
    }

    @Test
    void withoutAStoreAReferenceCannotBeFollowed() {
        String reference = stored(prompt(5_000)).referenceText();
        CompletableFuture<ModelReply> reply = client(null).converse(call(reference));
        assertThatThrownBy(reply::join)
                .hasRootCauseMessage(
                        "call of -/"
                                + Requests.MODEL
                                + "/default"
                                + " for acme/req_1: seen a prompt by reference, but there is no"
                                + " object store; set the property Payloads/location to the"
                                + " ingress's");
    }

    @Test
    void aPromptIsAskedForAgainUntilTheDeadline() {
        String reference = stored(prompt(5_000)).referenceText();
        objects.failuresToCome.addAll(List.of(true, false, true));
        CompletableFuture<ModelReply> reply = client.converse(call(reference));
        clock.advanceBy(200);
        assertThat(reply).isNotDone();
        clock.advanceBy(100);
        assertThat(reply).isCompleted();
        for (int i = 0; i < 1_000; i++) {
            objects.failuresToCome.add(true);
        }
        CompletableFuture<ModelReply> late = client.converse(call(reference));
        clock.advanceBy(60_000);
        assertThatThrownBy(late::join)
                .cause()
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.failure()).isEqualTo(ModelFailure.PROMPT_LATE));
        assertThat(model.calls).hasSize(1);
        assertThat(client.bytesInFlight()).isZero();
    }

    @Test
    void aPromptThatCameTooLateIsNotSent() {
        String reference = stored(prompt(5_000)).referenceText();
        objects.meanwhile = () -> clock.advanceBy(60_000);
        assertFails(call(reference), ModelFailure.PROMPT_LATE);
        assertThat(model.calls).isEmpty();
        assertThat(client.bytesInFlight()).isZero();
    }

    /** Until then a run that was replaced may still be making the call. */
    @Test
    void aCallWhosePromptIsFetchedMayEndALongestCallAfterItsDeadline() {
        long least = Requests.NOW + Ledgers.LONGEST_MILLIS;
        assertThat(endsByMillis(call(prompt(10)))).isEqualTo(least);
        assertThat(endsByMillis(call(stored(prompt(5_000)).referenceText())))
                .isEqualTo(DEADLINE + Ledgers.LONGEST_MILLIS);
        String turn = TurnPayload.of(stored(prompt(5_000)).referenceText(), null);
        assertThat(endsByMillis(call(prompt(10), turn)))
                .isEqualTo(DEADLINE + Ledgers.LONGEST_MILLIS);
    }

    private static long endsByMillis(ModelCall call) {
        return Ledgers.rules("run-1", Requests.NOW)
                .claim(call, 1, call.target().key(), Requests.NOW)
                .endsByMillis();
    }

    @Test
    void promptsInMemoryAreBoundedAndNobodyIsPassedOver() {
        model.stalling = true;
        List<CompletableFuture<ModelReply>> replies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            replies.add(client.converse(call(stored(prompt(4_000_000 + i)).referenceText())));
        }
        // Two of 4 MB fit into 8 MiB and 64 KiB.
        assertThat(model.calls).hasSize(2);
        for (int ended = 1; ended <= 5; ended++) {
            model.stalled.poll().complete(ScriptedModelClient.reply("x"));
            assertThat(model.calls).hasSize(Math.min(5, ended + 2));
            assertThat(client.bytesInFlight()).isLessThanOrEqualTo(PayloadSettings.LARGEST_BYTES);
        }
        assertThat(replies).allMatch(CompletableFuture::isDone);
        assertThat(client.bytesInFlight()).isZero();
    }

    @Test
    void aFailedCallGivesItsRoomBack() {
        model.failuresToCome.add(ModelFailure.THROTTLED);
        assertFails(call(stored(prompt(5_000)).referenceText()), ModelFailure.THROTTLED);
        assertThat(client.bytesInFlight()).isZero();
    }

    @Test
    void closingClosesTheStoreAndAsksNothingAnyMore() {
        String reference = stored(prompt(5_000)).referenceText();
        objects.failuresToCome.add(true);
        CompletableFuture<ModelReply> reply = client.converse(call(reference));
        client.close();
        int calls = objects.calls;
        clock.advanceBy(120_000);
        assertThat(objects.isClosed).isTrue();
        assertThat(objects.calls).isEqualTo(calls);
        assertThat(reply).isNotDone();
    }

    private void assertFails(ModelCall call, ModelFailure expected) {
        assertThatThrownBy(() -> client.converse(call).join())
                .cause()
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> {
                            assertThat(e.failure()).isEqualTo(expected);
                            assertThat(e.getMessage()).doesNotContain("ppp");
                        });
    }
}
