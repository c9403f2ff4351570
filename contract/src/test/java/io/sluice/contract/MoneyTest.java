package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0.000000000001",
        "35000, 0.000000035",
        "123000000, 0.000123",
        "1000000000000, 1",
        "-1500000000000, -1.5",
        "10000000000000, 10",
        "9223372036854775807, 9223372.036854775807"
    })
    void amountIsAnExactDecimalString(long picoUsd, String usd) {
        assertThat(Money.toUsd(picoUsd)).isEqualTo(usd);
        assertThat(Money.parseUsd(usd)).isEqualTo(picoUsd);
    }

    @Property
    void everyAmountIsReadBack(@ForAll long picoUsd) {
        assertThat(Money.parseUsd(Money.toUsd(picoUsd))).isEqualTo(picoUsd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1,5", "0.0000000000001", "9223373", "1e9"})
    void whatIsNoAmountIsRefused(String text) {
        assertThatThrownBy(() -> Money.parseUsd(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not an amount");
    }
}
