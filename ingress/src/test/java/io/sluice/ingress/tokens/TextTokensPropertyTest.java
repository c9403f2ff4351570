package io.sluice.ingress.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.policy.ModelFamily;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextTokensPropertyTest {
    private static long tokens(String text, ModelFamily family) {
        return TextTokens.of(text, FamilyWeights.of(family));
    }

    @Property
    void neverAboveTheBytesAndNeverBelowAQuarterOfThem(
            @ForAll("text") String text, @ForAll ModelFamily family) {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertThat(tokens(text, family))
                .isLessThanOrEqualTo(bytes)
                .isGreaterThanOrEqualTo(
                        (bytes + TextTokens.MOST_BYTES_PER_TOKEN - 1)
                                / TextTokens.MOST_BYTES_PER_TOKEN);
    }

    @Property
    void addingTextNeverLowersTheEstimate(
            @ForAll("text") String one, @ForAll("text") String other, @ForAll ModelFamily family) {
        assertThat(tokens(one + other, family))
                .isGreaterThanOrEqualTo(Math.max(tokens(one, family), tokens(other, family)));
    }

    @Property
    void joiningTextsNeverMakesMoreThanThePartsAndAToken(
            @ForAll("text") String one, @ForAll("text") String other, @ForAll ModelFamily family) {
        assertThat(tokens(one + other, family))
                .isLessThanOrEqualTo(tokens(one, family) + tokens(other, family) + 1);
    }

    @Property
    void cautiousFamiliesAreNeverBelowTheBase(@ForAll("text") String text) {
        long base = tokens(text, ModelFamily.META);
        for (ModelFamily family : ModelFamily.values()) {
            assertThat(tokens(text, family)).isGreaterThanOrEqualTo(base);
        }
    }

    @Provide
    static Arbitrary<String> text() {
        Arbitrary<String> pieces =
                Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(
                                6, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(14)),
                        net.jqwik.api.Tuple.of(
                                3, Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(9)),
                        net.jqwik.api.Tuple.of(
                                4,
                                Arbitraries.strings()
                                        .withChars(" \t\n")
                                        .ofMinLength(1)
                                        .ofMaxLength(9)),
                        net.jqwik.api.Tuple.of(
                                3,
                                Arbitraries.strings()
                                        .withChars("(){}[]\"':;,.-_=+*/\\<>!?#@")
                                        .ofMinLength(1)
                                        .ofMaxLength(5)),
                        net.jqwik.api.Tuple.of(
                                2,
                                Arbitraries.of(
                                        "é", "ж", "中", "한", "ไทย", "🌍", "👩‍👩‍👧", "ሰ", "“")));
        return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    }
}
