package io.sluice.objects.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.PayloadKind;
import io.sluice.contract.SealedPayload;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PromptPayload;
import io.sluice.contract.json.SealedText;
import io.sluice.contract.json.TurnPayload;
import io.sluice.objects.LargePayload;
import io.sluice.objects.MapObjectStore;
import io.sluice.objects.PayloadLostException;
import io.sluice.objects.PayloadStore;
import io.sluice.objects.key.MapTenantKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

/** What is sealed opens for its tenant, request and kind, whole, and for nobody else. */
class PayloadVaultPropertiesTest {
    private static final String ID = "req_01JD0000000000000000000000ABCDEF";

    private final MapTenantKeys keys = new MapTenantKeys();
    private final PayloadVault vault = new PayloadVault(keys);

    @Property
    void whatWasSealedComesBackTheSame(@ForAll String text) {
        String prompt = PromptPayload.ofUserText(text, 10);
        String sealed = sealed("acme", ID, prompt);
        assertThat(vault.open("acme", PayloadKind.PROMPT, ID, sealed).join())
                .isEqualTo(asUtf8(prompt));
        assertThat(sealed.length())
                .isLessThanOrEqualTo(
                        PayloadVault.sealedLength(prompt.getBytes(StandardCharsets.UTF_8).length));
    }

    @Property
    void anAnswerSaysWhyTheModelStoppedWithoutItsKey(@ForAll @StringLength(max = 90) String why) {
        String answer = AnswerPayload.ofText("text", why);
        var key = keys.current("acme", 1).join();
        String sealed = vault.sealAnswer(key, "acme", ID, answer);
        assertThat(AnswerPayload.stopReason(sealed))
                .isEqualTo(asUtf8(why.substring(0, Math.min(60, why.length()))));
        assertThat(vault.open("acme", PayloadKind.ANSWER, ID, sealed).join())
                .isEqualTo(asUtf8(answer));
        keys.destroy("acme").join();
        assertThat(AnswerPayload.stopReason(sealed)).isNotNull();
    }

    @Property(tries = 3_000)
    void everyFlippedBitIsRefused(@ForAll @IntRange(max = 1_000_000) int anyBit) {
        byte[] bytes = SealedText.bytes(sealed("acme", ID, "{\"messages\":[]}"));
        int bit = anyBit % (bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        assertLost("acme", ID, SealedText.of(bytes));
    }

    @Property
    void everyOtherLengthIsRefused(@ForAll @IntRange(max = 400) int length) {
        byte[] bytes = SealedText.bytes(sealed("acme", ID, "{\"messages\":[]}"));
        byte[] other = java.util.Arrays.copyOf(bytes, length);
        if (length != bytes.length) {
            assertLost("acme", ID, SealedText.of(other));
        }
    }

    @Property
    void nothingButItsTenantAndRequestOpensIt(
            @ForAll("ids") String owner,
            @ForAll("ids") String reader,
            @ForAll("ids") String request,
            @ForAll("ids") String askedFor) {
        keys.shareWithAll(keys.current(owner, 1).join());
        String sealed = sealed(owner, request, "{\"messages\":[]}");
        if (owner.equals(reader) && request.equals(askedFor)) {
            assertThat(vault.open(reader, PayloadKind.PROMPT, askedFor, sealed).join())
                    .isEqualTo("{\"messages\":[]}");
        } else {
            assertLost(reader, askedFor, sealed);
        }
        assertThatThrownBy(() -> vault.open(owner, PayloadKind.ANSWER, null, sealed).join())
                .hasCauseInstanceOf(PayloadLostException.class);
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.of("a", "a-b", "ab", "b", "a_b");
    }

    @Property
    void noPartOfThePayloadIsInTheSealedOne(
            @ForAll @StringLength(min = 6, max = 40) String secret) {
        byte[] bytes = SealedText.bytes(sealed("acme", ID, secret + " CANARY-7f3a " + secret));
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(latin).doesNotContain("CANARY");
        assertThat(latin)
                .doesNotContain(
                        new String(
                                secret.getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1));
    }

    @Property(tries = 200)
    void theSamePayloadIsNeverSealedToTheSameBytes(@ForAll @StringLength(max = 5) String text) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            assertThat(seen.add(sealed("acme", ID, text))).isTrue();
        }
    }

    @Property(tries = 200)
    void noTextAtAllBreaksReading(@ForAll String any) {
        assertLost("acme", ID, "sealed:" + any);
    }

    @Example
    void largeOnesLieApartSealedAndComeBackSealed() {
        MapObjectStore objects = new MapObjectStore();
        PayloadStore store = new PayloadStore(objects);
        String prompt = PromptPayload.ofUserText("x".repeat(1_000), 10);
        String sealed = sealed("acme", ID, prompt);
        assertThat(LargePayload.prompt("acme", ID, sealed, prompt.length())).isNull();
        LargePayload large = LargePayload.prompt("acme", ID, sealed, prompt.length() - 1);
        store.put(large).join();
        byte[] stored = objects.objects.get(large.reference().key());
        assertThat(SealedPayload.isOne(stored)).isTrue();
        assertThat(stored).hasSizeLessThan(prompt.length() + 128);
        assertThat(store.get("acme", large.referenceText()).join()).isEqualTo(sealed);
    }

    @Example
    void aTurnOfSealedOnesStaysSealedUntilBothAreOpen() {
        String prompt = PromptPayload.ofUserText("asked", 10);
        String sealed = sealed("acme", ID, prompt);
        String turn = TurnPayload.of(sealed, null);
        assertThat(TurnPayload.isOpaque(turn)).isTrue();
        assertThat(TurnPayload.promptOf(turn)).isEqualTo(sealed);
        assertThat(TurnPayload.answerOf(turn)).isNull();
        assertThat(TurnPayload.isOpaque(TurnPayload.of(prompt, null))).isFalse();
    }

    @Example
    void withoutItsKeyItIsLost() {
        String sealed = sealed("acme", ID, "{\"messages\":[]}");
        assertThat(keys.destroy("acme").join()).isEqualTo(1);
        assertLost("acme", ID, sealed);
    }

    private String sealed(String tenantId, String requestId, String prompt) {
        return vault.sealPrompt(tenantId, 1, requestId, prompt).join();
    }

    private void assertLost(String tenantId, @Nullable String requestId, String sealed) {
        assertThatThrownBy(() -> vault.open(tenantId, PayloadKind.PROMPT, requestId, sealed).join())
                .hasCauseInstanceOf(PayloadLostException.class)
                .message()
                .doesNotContain("messages");
    }

    /** Lone surrogates have no UTF-8. */
    private static String asUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
