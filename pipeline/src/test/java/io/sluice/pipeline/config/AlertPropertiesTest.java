package io.sluice.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertPropertiesTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static AlertSettings with(Map<String, String> values, Map<String, String> variables) {
        Properties alerts = new Properties();
        alerts.putAll(values);
        return new AlertSettings(
                new PropertyGroup.Set(Map.of("Alerts", alerts)).group("Alerts"), variables::get);
    }

    @Test
    void nothingIsPostedUnlessAUrlIsSet() {
        assertThat(with(Map.of(), Map.of()).webhook()).isNull();
        assertThat(
                        with(
                                        Map.of(),
                                        Map.of(
                                                "SLUICE_ALERTS_URL",
                                                "https://example.com/",
                                                "SLUICE_ALERTS_SECRET",
                                                SECRET))
                                .webhook())
                .isNotNull();
    }

    @Test
    void tiersHaveObjectivesOfTheirOwn() {
        AlertSettings settings =
                with(Map.of("slo.tier.enterprise", "99.95 99 PT2S", "burn.rate", "6"), Map.of());
        assertThat(settings.rules().objective("enterprise").failuresPpm()).isEqualTo(500);
        assertThat(settings.rules().objective("enterprise").fastMillis()).isEqualTo(2_000);
        assertThat(settings.rules().objective("free").failuresPpm()).isEqualTo(5_000);
        assertThat(settings.rules().burnTenths()).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "budget.percents|80,50",
                "budget.percents|0",
                "anomaly.least.usd|much",
                "burn.rate|14.44",
                "burn.rate|0",
                "slo|100 95 PT1S",
                "slo.tier.free|99.5 95",
                "slo|99.5 95 1s",
                "lag|60",
                "url|https://example.com/",
                "urls|https://example.com/"
            })
    void whatCannotBeIsRefusedByName(String key, String value) {
        assertThatThrownBy(() -> with(Map.of(key, value), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Alerts/" + (key.equals("url") ? "secret" : key));
    }

    @Test
    void aBadUrlOrSecretIsNamedButNotShown() {
        assertThatThrownBy(
                        () ->
                                with(
                                        Map.of("url", "http://example.com/x", "secret", SECRET),
                                        Map.of()))
                .hasMessageStartingWith("property Alerts/url: seen 'http://example.com'");
        assertThatThrownBy(
                        () ->
                                with(
                                        Map.of("url", "https://example.com/", "secret", "hush"),
                                        Map.of()))
                .hasMessageStartingWith("property Alerts/secret: seen 4 bytes")
                .hasMessageNotContaining("hush");
    }
}
