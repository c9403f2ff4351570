package io.sluice.ingress.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import io.sluice.contract.json.Json;
import io.sluice.contract.policy.ModelFamily;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The estimate against the two vocabularies that are public and have a library. Prints figures. */
class TokenEstimatesTest {
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();
    private static final Encoding O200K = ENCODINGS.getEncoding(EncodingType.O200K_BASE);
    private static final Encoding CL100K = ENCODINGS.getEncoding(EncodingType.CL100K_BASE);

    private static long estimate(String text, ModelFamily family) {
        return TextTokens.of(text, FamilyWeights.of(family));
    }

    private static long most(String text) {
        return Math.max(O200K.countTokensOrdinary(text), CL100K.countTokensOrdinary(text));
    }

    @Test
    void naturalTextAndCodeAreNotBelow() {
        System.out.printf(
                "%-22s %7s %7s %7s %9s %7s %9s%n",
                "text", "bytes", "o200k", "cl100k", "estimate", "times", "anthropic");
        Samples.NATURAL.forEach(
                (name, text) -> print(name, text, estimate(text, ModelFamily.OPENAI)));
        Samples.NATURAL.forEach(
                (name, text) -> {
                    long real = most(text);
                    assertThat(estimate(text, ModelFamily.OPENAI))
                            .as(name)
                            .isBetween(real, real * 5 / 2);
                });
    }

    @Test
    void textMadeAgainstItIsWithinTheBound() {
        Random random = new Random(20_261_125);
        Map<String, String> hostile = new TreeMap<>(Samples.HOSTILE);
        hostile.put("random letters", random(random, "abcdefghijklmnopqrstuvwxyz", 4_000));
        hostile.put("random consonants", random(random, "bcdfghjklmnpqrstvwxz", 4_000));
        hostile.put("random capitals", random(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4_000));
        hostile.put(
                "random base64",
                random(
                        random,
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                        4_000));
        hostile.put("random hex", random(random, "0123456789abcdef", 4_000));
        hostile.put("random signs", random(random, "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~", 4_000));
        hostile.forEach(
                (name, text) -> {
                    long estimate = estimate(text, ModelFamily.OPENAI);
                    print(name, text, estimate);
                    assertThat(estimate * TextTokens.MOST_BYTES_PER_TOKEN)
                            .as(name)
                            .isGreaterThanOrEqualTo(most(text));
                });
    }

    @Test
    void claudesLatinLettersWeighWhatItsNewerTokenizerMakesOfThem() {
        // 1.47 times the older one at most, which is close to cl100k; see FamilyWeights.
        for (String name : new String[] {"English prose", "technical English", "German"}) {
            String text = Samples.NATURAL.get(name);
            assertThat(estimate(text, ModelFamily.ANTHROPIC) * 100)
                    .as(name)
                    .isGreaterThanOrEqualTo(CL100K.countTokensOrdinary(text) * 147L);
        }
    }

    @Test
    void wordsNumbersBlanksAndSignsCountAsDocumented() {
        assertThat(estimate("a b c d", ModelFamily.META)).as("words").isEqualTo(4);
        assertThat(estimate("getUserName", ModelFamily.META)).as("humps").isEqualTo(5);
        assertThat(estimate("1234567", ModelFamily.META)).as("by threes").isEqualTo(3);
        assertThat(estimate("1234567", ModelFamily.QWEN)).as("one by one").isEqualTo(7);
        assertThat(estimate("x 1", ModelFamily.META)).as("a space before a number").isEqualTo(3);
        assertThat(estimate("x        y", ModelFamily.META)).as("eight spaces").isEqualTo(4);
        assertThat(estimate("});\n", ModelFamily.META)).as("signs").isEqualTo(4);
        assertThat(estimate("", ModelFamily.META)).isZero();
    }

    @Test
    void promptCountsWhatProvidersAdd() {
        String text = "Which of these cities is the largest?";
        String message =
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"" + text + "\"}]}]";
        long plain = TokenEstimator.estimate(ModelFamily.META, Json.parse(message + "}"));
        assertThat(plain).isEqualTo(64 + 16 + estimate(text, ModelFamily.META));
        assertThat(
                        TokenEstimator.estimate(
                                ModelFamily.META,
                                Json.parse(message + ",\"system\":[{\"text\":\"ab\"}]}")))
                .isEqualTo(plain + 1);
        assertThat(
                        TokenEstimator.estimate(
                                ModelFamily.META,
                                Json.parse(
                                        message
                                                + ",\"tools\":[{\"name\":\"t\",\"input_schema\":{}}]}")))
                .isGreaterThan(plain + 1_024 + 32);
        String json = "{\"toolUse\":{\"toolUseId\":\"1\",\"name\":\"t\",\"input\":{\"q\":1}}}";
        assertThat(
                        TokenEstimator.estimate(
                                ModelFamily.META,
                                Json.parse(
                                        "{\"messages\":[{\"role\":\"user\",\"content\":["
                                                + json
                                                + "]}]}")))
                .isEqualTo(64 + 16 + 16 + estimate(json, ModelFamily.META));
    }

    private static String random(Random random, String letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static void print(String name, String text, long estimate) {
        long real = most(text);
        System.out.printf(
                "%-22s %7d %7d %7d %9d %7s %9d%n",
                name,
                text.getBytes(StandardCharsets.UTF_8).length,
                O200K.countTokensOrdinary(text),
                CL100K.countTokensOrdinary(text),
                estimate,
                estimate * 100 / real / 100
                        + "."
                        + String.format("%02d", estimate * 100 / real % 100),
                estimate(text, ModelFamily.ANTHROPIC));
    }
}
