package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.json.Json;
import io.sluice.contract.json.PriceBookJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {
    private static final long NOW = Instant.parse("2026-11-26T00:00:00Z").toEpochMilli();
    private static final String HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0";
    private static final String SONNET = "anthropic.claude-sonnet-4-6";

    private final PriceBook shipped = PriceBookJson.shipped();

    private static PriceBook book(String more) {
        return PriceBookJson.read(Json.parse("{\"version\":\"v\"," + more + "}"));
    }

    private ModelPrice price(String modelId) {
        return shipped.at(NOW).priceOf(modelId).orElseThrow();
    }

    @Test
    void oneInputTokenOfTheSmallestModelIsExact() {
        ModelPrice micro = price("amazon.nova-micro-v1:0");
        assertThat(Money.toUsd(micro.cost(Usage.of(1, 0)))).isEqualTo("0.000000035");
        assertThat(micro.tokens().cacheReadPicoUsd()).isEqualTo(8_750);
    }

    @Test
    void writingACacheCostsWhatInputCostsUnlessItHasAPrice() {
        TokenPrices haiku = price(HAIKU).tokens();
        assertThat(haiku.cacheWrite5mPicoUsd()).isEqualTo(1_375_000);
        assertThat(haiku.cacheWrite1hPicoUsd()).isEqualTo(2_200_000);
        TokenPrices pro = price("amazon.nova-pro-v1:0").tokens();
        assertThat(pro.cacheWrite5mPicoUsd()).isEqualTo(800_000);
        assertThat(pro.cacheWrite1hPicoUsd()).isEqualTo(800_000);
    }

    @Test
    void costAddsUpAllKindsOfTokens() {
        Usage usage =
                Usage.builder()
                        .inputTokens(1_000)
                        .outputTokens(100)
                        .cacheReadTokens(10)
                        .cacheWriteTokens(3)
                        .cacheWrite1hTokens(2)
                        .build();
        // 1,100 + 550 + 1.1 + 1 * 1.375 + 2 * 2.2 millionths of a USD
        assertThat(Money.toUsd(price(HAIKU).cost(usage))).isEqualTo("0.001656875");
    }

    @Test
    void allTokensOfALongCallCostMoreAndCachedInputCountsForItsLength() {
        ModelPrice sonnet = price("global." + SONNET);
        assertThat(sonnet.cost(Usage.of(200_000, 1))).isEqualTo(200_000L * 3_000_000 + 15_000_000);
        Usage longer = Usage.of(200_000, 1).toBuilder().cacheReadTokens(1).build();
        assertThat(sonnet.cost(longer)).isEqualTo(200_000L * 6_000_000 + 600_000 + 22_500_000);
    }

    @ParameterizedTest
    @CsvSource({
        "amazon.nova-micro-v1:0, amazon.nova-micro-v1:0, base",
        "amazon.nova-micro-v1:0:128k, amazon.nova-micro-v1:0, base",
        "us.amazon.nova-micro-v1:0, amazon.nova-micro-v1:0, geo",
        "eu.anthropic.claude-sonnet-4-5-20250929-v1:0, anthropic.claude-sonnet-4-5-20250929-v1:0, geo",
        "global.anthropic.claude-sonnet-4-5-20250929-v1:0, anthropic.claude-sonnet-4-5-20250929-v1:0, global",
        "anthropic.claude-opus-4-8-v1:0, anthropic.claude-opus-4-8, base",
        "arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.amazon.nova-micro-v1:0, amazon.nova-micro-v1:0, geo",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0, amazon.nova-micro-v1:0, base"
    })
    void profilesAndArnsAreFoundUnderTheirModelAndScope(String asked, String listed, String scope) {
        PriceRow row = shipped.at(NOW).rowOf(asked).orElseThrow();
        assertThat(row.modelId()).isEqualTo(listed);
        assertThat(row.scopes()).contains(scope);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nova",
                "amazon.nova-micro-v1",
                "gpt-4",
                "amazon.",
                ".",
                "xx.amazon.nova-micro-v1:0",
                "global.amazon.nova-micro-v1:0",
                "anthropic.claude-opus-4-9",
                "arn:aws:bedrock:us-east-1:000000000000:custom-model/amazon.nova-micro-v1:0",
                "arn:aws:bedrock:us-east-1:000000000000:custom-model/amazon.nova-micro-v1:0:8k/abc",
                "arn:aws:bedrock:us-east-1:000000000000:application-inference-profile/abc"
            })
    void unknownModelHasNoPrice(String asked) {
        assertThat(shipped.at(NOW).priceOf(asked)).isEmpty();
        assertThat(shipped.lists(asked)).isFalse();
    }

    @Test
    void everyModelOfTheListHasAPriceForBatchesAndOneForTheFlexTier() {
        assertThat(shipped.rows()).hasSizeGreaterThan(40);
        for (PriceRow row : shipped.rows()) {
            assertThat(row.batch()).as(row.modelId()).isPresent();
            assertThat(row.priceIn(ServiceTier.FLEX)).as(row.modelId()).isPresent();
        }
    }

    @Test
    void regionalPricesAreATenthAboveGlobalOnes() {
        for (String id : List.of(HAIKU, SONNET, "anthropic.claude-opus-4-7")) {
            ModelPrice global = price("global." + id);
            assertThat(price("us." + id)).isEqualTo(global.times(new BigDecimal("1.1")));
            assertThat(price(id)).isEqualTo(price("us." + id));
        }
    }

    @Test
    void tiersMultiplyEveryPriceAndOneWithoutAMultiplierIsUnpriced() {
        PriceList now = shipped.at(NOW);
        Target priority = Target.of(HAIKU, null, ServiceTier.PRIORITY);
        assertThat(now.priceOf(priority).orElseThrow().cost(Usage.of(4, 0)))
                .isEqualTo(price(HAIKU).cost(Usage.of(7, 0)));
        assertThat(now.priceOf(Target.of(HAIKU))).contains(price(HAIKU));
        Target micro = Target.of("amazon.nova-micro-v1:0", null, ServiceTier.PRIORITY);
        assertThat(now.priceOf(micro)).isEmpty();
    }

    @Test
    void ownTiersOfARowTakeThePlaceOfAllOfTheFile() {
        PriceBook book =
                book(
                        "\"batch\":\"0.5\",\"service_tiers\":{\"flex\":\"0.5\",\"priority\":\"2\"},"
                                + "\"prices\":[{\"model\":\"m\",\"scopes\":[\"base\"],\"input\":\"1\","
                                + "\"output\":\"1\",\"batch\":\"0.25\",\"service_tiers\":{\"flex\":\"3\"}}]");
        PriceRow row = book.rows().get(0);
        assertThat(row.priceIn(ServiceTier.FLEX).orElseThrow().tokens().inputPicoUsd())
                .isEqualTo(3_000_000);
        assertThat(row.priceIn(ServiceTier.PRIORITY)).isEmpty();
        assertThat(row.batch().orElseThrow().tokens().outputPicoUsd()).isEqualTo(250_000);
    }

    @Test
    void thePriceOfTheTimeCounts() {
        String row = "{\"model\":\"m\",\"scopes\":[\"base\",\"geo\"],\"output\":\"1\",\"input\":";
        PriceBook book =
                book(
                        "\"prices\":["
                                + row
                                + "\"3\",\"from\":\"2026-03-01\"},"
                                + row
                                + "\"1\",\"from\":\"2026-01-01T12:00:00Z\"}]");
        long first = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
        long second = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
        assertThat(book.at(first - 1).priceOf("m")).isEmpty();
        assertThat(input(book, first)).isEqualTo(1_000_000);
        assertThat(input(book, second - 1)).isEqualTo(1_000_000);
        assertThat(input(book, second)).isEqualTo(3_000_000);
        assertThat(book.lists("us.m")).isTrue();
        assertThat(book.between(first, second - 1)).hasSize(1);
        assertThat(book.between(second - 1, second))
                .containsExactly(book.at(first), book.at(second));
    }

    private static long input(PriceBook book, long atMillis) {
        return book.at(atMillis).priceOf("m").orElseThrow().tokens().inputPicoUsd();
    }

    @Test
    void applicationProfileHasThePriceOfWhatItWasMadeFrom() {
        String arn = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1";
        PriceBook book =
                book(
                        "\"prices\":[{\"model\":\"m\",\"scopes\":[\"base\"],\"input\":\"1\",\"output\":\"1\"},"
                                + "{\"model\":\"m\",\"scopes\":[\"us\"],\"input\":\"2\",\"output\":\"1\"}],"
                                + "\"application_profiles\":{\""
                                + arn
                                + "\":\"us.m\"}");
        assertThat(book.at(0).priceOf(arn)).isEqualTo(book.at(0).priceOf("us.m")).isPresent();
        assertThat(book.at(0).priceOf("eu.m")).isEmpty();
    }

    @Test
    void versionFollowsFromNameAndContentButNotFromNotes() {
        String start =
                "\"prices\":[{\"model\":\"m\",\"scopes\":[\"base\"],\"output\":\"1\",\"input\":";
        String one = book(start + "\"1\"}]").version();
        assertThat(one).matches("v@[0-9a-f]{12}");
        assertThat(book(start + "\"1.0\",\"note\":\"n\"}],\"source\":\"s\"").version())
                .isEqualTo(one);
        assertThat(book(start + "\"1.1\"}]").version()).isNotEqualTo(one);
    }

    @Test
    void costThatDoesNotFitIsRefusedAndNotCutOff() {
        TokenPrices dearest = TokenPrices.builder(TokenPrices.MOST, 0).build();
        ModelPrice dear = new ModelPrice("m", dearest, List.of());
        assertThat(dear.cost(Usage.of(92_233_720, 0))).isPositive();
        assertThatThrownBy(() -> dear.cost(Usage.of(92_233_721, 0)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> TokenPrices.builder(TokenPrices.MOST + 1, 0).build())
                .hasMessageContaining("input: seen 100000000001");
    }
}
