package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1}{",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "NaN",
                "01",
                "nul",
                "\"\t\"",
                "{\"a\":1,}",
                "[1,]"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void duplicateKeyIsNamed() {
        assertThatThrownBy(() -> Json.parse("{\"twice\":1,\"twice\":2}"))
                .hasMessageContaining("twice");
    }

    @Test
    void nestingHasABound() {
        assertThat(Json.parse("[".repeat(100) + "]".repeat(100)).isArray()).isTrue();
        assertThatThrownBy(() -> Json.parse("[".repeat(101) + "]".repeat(101)))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void refusalsNeverRepeatTheDocument() {
        assertThatThrownBy(() -> Json.parse("{\"a\": hunter2}")).hasMessageNotContaining("hunter2");
    }

    @Test
    void decimalsStayExact() {
        assertThat(Json.text(Json.parse("[0.1,9007199254740993,1.000000000000000000001]")))
                .isEqualTo("[0.1,9007199254740993,1.000000000000000000001]");
    }

    @Test
    void eventOfAnotherVersionIsRefused() {
        byte[] next =
                new String(EventJson.write(Examples.request()), StandardCharsets.UTF_8)
                        .replaceFirst("\"v\":1", "\"v\":2")
                        .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EventJson.read(next)).hasMessageContaining("event.v: seen 2");
    }
}
