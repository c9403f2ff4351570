package io.sluice.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.PayloadReference;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.PromptPayload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Round trips around the limit, and everything that may be wrong with what comes back. */
class PayloadPropertiesTest {
    private static final int INLINE = 1_024;

    private final MapObjectStore objects = new MapObjectStore();
    private final PayloadStore payloads = new PayloadStore(objects);

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', 'é', '€', '"', '\n')
                .ofMinLength(0)
                .ofMaxLength(INLINE + 40)
                .edgeCases(edges -> edges.add("a".repeat(INLINE), "€".repeat(INLINE / 3)));
    }

    @Property
    void payloadsAboveTheLimitGoApartAndComeBackTheSame(@ForAll("texts") String text) {
        String payload = PromptPayload.ofUserText(text, 10);
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        LargePayload large = LargePayload.prompt("acme", "req_1", payload, INLINE);
        if (bytes <= INLINE) {
            assertThat(large).isNull();
            return;
        }
        assertThat(large.length()).isEqualTo(bytes);
        assertThat(LargePayload.prompt("acme", "req_1", payload, bytes)).isNull();
        assertThat(LargePayload.prompt("acme", "req_1", payload, bytes - 1)).isNotNull();
        payloads.put(large).join();
        assertThat(payloads.get("acme", large.referenceText()).join()).isEqualTo(payload);
        assertThat(large.referenceText().length()).isLessThan(INLINE);
        assertThat(LargePayload.prompt("acme", "req_1", large.referenceText(), 16)).isNull();
    }

    @Property
    void anAnswersReferenceSaysWhyTheModelStopped(
            @ForAll @StringLength(min = 1, max = 30) String stopReason) {
        LargePayload large =
                LargePayload.answer(
                        "acme",
                        "req_1",
                        AnswerPayload.ofText("a".repeat(INLINE), stopReason),
                        INLINE);
        assertThat(AnswerPayload.stopReason(large.referenceText())).isEqualTo(stopReason);
    }

    @Property
    void everyChangedBitIsNoticed(@ForAll @IntRange(max = 8 * 2_000 - 1) int bit) {
        LargePayload large = stored("acme", "req_1", "x".repeat(2_000));
        byte[] bytes = objects.objects.get(large.reference().key());
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        assertLost("acme", large);
    }

    @Property(tries = 50)
    void everyOtherLengthIsNoticed(@ForAll @IntRange(min = -2_000, max = 2_000) int more) {
        LargePayload large = stored("acme", "req_1", "x".repeat(2_000));
        byte[] bytes = objects.objects.get(large.reference().key());
        objects.objects.put(large.reference().key(), Arrays.copyOf(bytes, bytes.length + more));
        if (more == 0) {
            assertThat(payloads.get("acme", large.referenceText()).join()).hasSize(2_000);
        } else {
            assertLost("acme", large);
        }
    }

    @Property(tries = 200)
    void nobodyReadsAnothersPayload(
            @ForAll("tenants") String owner, @ForAll("tenants") String reader) {
        LargePayload large = stored(owner, "req_1", "x".repeat(2_000));
        if (owner.equals(reader)) {
            assertThat(payloads.get(reader, large.referenceText()).join()).hasSize(2_000);
        } else {
            assertLost(reader, large);
        }
    }

    @Provide
    Arbitrary<String> tenants() {
        return Arbitraries.of("a", "a-b", "ab", "b", "a_b");
    }

    @Property
    void aReferenceOfAnyTextIsReadOrRefusedButNeverLeadsElsewhere(@ForAll String any) {
        String forged =
                "{\"payload_ref\":{\"tenant_id\":\"acme\",\"request_id\":"
                        + io.sluice.contract.json.Json.text(
                                io.sluice.contract.json.Json.object().textNode(any))
                        + ",\"kind\":\"prompt\",\"sha256\":\""
                        + "0".repeat(64)
                        + "\",\"bytes\":5}}";
        assertThatThrownBy(() -> payloads.get("acme", forged).join())
                .hasCauseInstanceOf(PayloadLostException.class);
        if (any.matches("[A-Za-z0-9_-]{1,64}")) {
            PayloadReference read = PayloadReferenceJson.read(forged);
            assertThat(read.key()).startsWith("acme/" + any + "/prompt-");
        }
    }

    private LargePayload stored(String tenantId, String requestId, String payload) {
        LargePayload large = LargePayload.prompt(tenantId, requestId, payload, INLINE);
        objects.objects.remove(large.reference().key());
        payloads.put(large).join();
        return large;
    }

    private void assertLost(String reader, LargePayload large) {
        assertThatThrownBy(() -> payloads.get(reader, large.referenceText()).join())
                .hasCauseInstanceOf(PayloadLostException.class)
                .message()
                .doesNotContain("xxx");
    }
}
