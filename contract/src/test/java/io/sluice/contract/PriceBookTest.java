package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PriceBookJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {
    private final PriceBook shipped = PriceBookJson.shipped();

    @Test
    void oneInputTokenOfTheSmallestModelIsExact() {
        ModelPrice micro = shipped.priceOf("amazon.nova-micro-v1:0").orElseThrow();
        assertThat(micro.cost(Usage.of(1, 0))).isEqualTo(35_000);
        assertThat(Money.toUsd(micro.cost(Usage.of(1, 0)))).isEqualTo("0.000000035");
    }

    @Test
    void pricesAreThoseOfTheList() {
        ModelPrice haiku =
                shipped.priceOf("anthropic.claude-haiku-4-5-20251001-v1:0").orElseThrow();
        assertThat(haiku.inputPicoUsd()).isEqualTo(1_100_000);
        assertThat(haiku.outputPicoUsd()).isEqualTo(5_500_000);
        assertThat(haiku.cacheReadPicoUsd()).isEqualTo(110_000);
        assertThat(haiku.cacheWritePicoUsd()).isEqualTo(1_375_000);
        ModelPrice pro = shipped.priceOf("amazon.nova-pro-v1:0").orElseThrow();
        // Without a price of its own, writing the prompt cache costs what plain input costs.
        assertThat(pro.cacheWritePicoUsd()).isEqualTo(pro.inputPicoUsd()).isEqualTo(800_000);
    }

    @Test
    void costAddsUpAllKindsOfTokens() {
        ModelPrice haiku =
                shipped.priceOf("anthropic.claude-haiku-4-5-20251001-v1:0").orElseThrow();
        Usage usage =
                Usage.builder()
                        .inputTokens(1_000)
                        .outputTokens(100)
                        .cacheReadTokens(10)
                        .cacheWriteTokens(1)
                        .build();
        assertThat(Money.toUsd(haiku.cost(usage))).isEqualTo("0.001652475");
    }

    @ParameterizedTest
    @CsvSource({
        "amazon.nova-micro-v1:0, amazon.nova-micro-v1:0",
        "us.amazon.nova-micro-v1:0, amazon.nova-micro-v1:0",
        "eu.anthropic.claude-sonnet-4-5-20250929-v1:0, anthropic.claude-sonnet-4-5-20250929-v1:0",
        "global.anthropic.claude-sonnet-4-5-20250929-v1:0, global.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.amazon.nova-micro-v1:0, amazon.nova-micro-v1:0",
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0, amazon.nova-micro-v1:0"
    })
    void profilesAndArnsAreFoundUnderTheirModel(String asked, String listed) {
        assertThat(shipped.priceOf(asked).map(ModelPrice::modelId)).contains(listed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nova", "amazon.nova-micro-v1", "gpt-4", "amazon.", "."})
    void unknownModelHasNoPrice(String asked) {
        assertThat(shipped.priceOf(asked)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000001", "x", "-1", ""})
    void priceThatCannotBeExactIsRefusedByName(String price) {
        String book =
                "{\"version\":\"v\",\"models\":{\"m\":{\"input\":\""
                        + price
                        + "\",\"output\":\"1\"}}}";
        assertThatThrownBy(() -> PriceBookJson.read(Json.parse(book)))
                .isInstanceOfAny(MalformedJsonException.class, IllegalArgumentException.class)
                .hasMessageContaining("m");
    }

    @Test
    void costThatDoesNotFitIsAnError() {
        ModelPrice dear = new ModelPrice("m", Long.MAX_VALUE, 0, 0, 0);
        assertThatThrownBy(() -> dear.cost(Usage.of(2, 0))).isInstanceOf(ArithmeticException.class);
    }
}
