package io.sluice.pipeline.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetPropertiesTest {
    private static JobSettings with(String key, String value) {
        Properties invoke = new Properties();
        invoke.setProperty(key, value);
        return ApplicationProperties.of(Map.of("Invoke", invoke));
    }

    @Test
    void shippedFileIsAccepted() throws IOException {
        assertThatCode(
                        () ->
                                ApplicationProperties.settings(
                                        "../flink-conf/application_properties.json"))
                .doesNotThrowAnyException();
    }

    @Test
    void modelsHaveQuotasByTheirIds() {
        assertThatCode(
                        () ->
                                with(
                                        "target.quota.anthropic.claude-haiku-4-5-20251001-v1:0",
                                        "tokens=2000000 requests=1000"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "target.quota.m, tokens, Invoke/target.quota.m: seen 'tokens'",
        "target.quotas.m, tokens=1, Invoke/target.quotas.m is unknown",
        "target.concurrency.start, 2000, 'start, most: seen 2, 2000, 1000'",
        "target.concurrency.kept.percent, 100, target.concurrency.kept.percent: seen 100",
        "target.concurrency.interval, PT2M, target.concurrency.interval: seen PT2M",
        "target.bulk.least.percent, 60, seen 60 and 50",
        "lane.bulk.bytes, 0, Invoke/lane.bulk.bytes: seen '0'"
    })
    void whatCannotBeIsRefusedByName(String key, String value, String message) {
        assertThatThrownBy(() -> with(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
