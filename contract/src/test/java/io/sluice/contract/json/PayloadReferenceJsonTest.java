package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.PayloadKind;
import io.sluice.contract.PayloadReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReferenceJsonTest {
    private static final String HASH = "ab".repeat(32);
    private static final PayloadReference ANSWER =
            PayloadReference.of("acme", "req_1", PayloadKind.ANSWER, HASH, 70_000, "end_turn");

    /** References are in streams, tables and state: this text is never to change. */
    private static final String TEXT =
            "{\"payload_ref\":{\"tenant_id\":\"acme\",\"request_id\":\"req_1\",\"kind\":\"answer\","
                    + "\"sha256\":\""
                    + HASH
                    + "\",\"bytes\":70000,\"stop_reason\":\"end_turn\"}}";

    @Test
    void textStaysTheSameBetweenVersions() {
        assertThat(PayloadReferenceJson.write(ANSWER)).isEqualTo(TEXT);
        assertThat(PayloadReferenceJson.read(TEXT)).isEqualTo(ANSWER);
        assertThat(PayloadReferenceJson.isReference(TEXT)).isTrue();
        assertThat(ANSWER.key()).isEqualTo("acme/req_1/answer-" + HASH);
    }

    @Test
    void noPayloadInFullIsTakenForAReference() {
        String prompt = PromptPayload.ofUserText("{\"payload_ref\":{}}", 10);
        String answer = AnswerPayload.ofText("{\"payload_ref\":{}}", "end_turn");
        assertThat(PayloadReferenceJson.isReference(prompt)).isFalse();
        assertThat(PayloadReferenceJson.isReference(answer)).isFalse();
        assertThat(PayloadReferenceJson.isReference(null)).isFalse();
        assertThat(AnswerPayload.stopReason(answer)).isEqualTo("end_turn");
        assertThat(AnswerPayload.stopReason(TEXT)).isEqualTo("end_turn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"payload_ref\":{}}",
                "{\"payload_ref\":1}",
                "{\"payload_ref\":{\"tenant_id\":\"../acme\",\"request_id\":\"req_1\",\"kind\":\"answer\","
                        + "\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"bytes\":5}}",
                "{\"payload_ref\":{\"tenant_id\":\"acme\",\"request_id\":\"a/b\",\"kind\":\"answer\","
                        + "\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"bytes\":5}}",
                "{\"payload_ref\":{\"tenant_id\":\"acme\",\"request_id\":\"req_1\",\"kind\":\"key\","
                        + "\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"bytes\":5}}",
                "{\"payload_ref\":{\"tenant_id\":\"acme\",\"request_id\":\"req_1\",\"kind\":\"answer\","
                        + "\"sha256\":\"..\",\"bytes\":5}}",
                "{\"payload_ref\":{\"tenant_id\":\"acme\",\"request_id\":\"req_1\",\"kind\":\"answer\","
                        + "\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"bytes\":0}}"
            })
    void whatCouldLeadElsewhereIsRefused(String text) {
        assertThatThrownBy(() -> PayloadReferenceJson.read(text))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void aTurnOfReferencesKeepsBothPayloads() {
        String prompt = PromptPayload.ofUserText("hi", 10);
        String turn = TurnPayload.of(prompt, TEXT);
        assertThat(TurnPayload.isOpaque(turn)).isTrue();
        assertThat(TurnPayload.promptOf(turn)).isEqualTo(prompt);
        assertThat(TurnPayload.answerOf(turn)).isEqualTo(TEXT);
        String unanswered = TurnPayload.of(TEXT, null);
        assertThat(TurnPayload.isOpaque(unanswered)).isTrue();
        assertThat(TurnPayload.answerOf(unanswered)).isNull();
        String whole = TurnPayload.of(prompt, AnswerPayload.ofText("{\"prompt\":", "end_turn"));
        assertThat(TurnPayload.isOpaque(whole)).isFalse();
    }
}
