package io.sluice.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sinks.relational.MirrorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorPropertiesTest {
    private static final String URL = "jdbc:postgresql://db/finance";

    private static MirrorSettings with(Map<String, String> values, Map<String, String> variables) {
        Properties mirror = new Properties();
        mirror.putAll(values);
        return MirrorProperties.read(
                new PropertyGroup.Set(Map.of("Mirror", mirror)).group("Mirror"), variables::get);
    }

    @Test
    void nothingIsMirroredUnlessAUrlIsSet() {
        assertThat(with(Map.of(), Map.of("SLUICE_MIRROR_USER", "mirror"))).isNull();
        assertThat(with(Map.of(), Map.of("SLUICE_MIRROR_URL", URL, "SLUICE_MIRROR_USER", "mirror")))
                .isNotNull();
        assertThat(ApplicationProperties.of(Map.of()).mirror()).isNull();
    }

    @Test
    void poolIsAsShippedOrAsSaid() {
        MirrorSettings shipped = with(Map.of("url", URL, "user", "mirror"), Map.of());
        assertThat(shipped.leastConnections()).isEqualTo(5);
        assertThat(shipped.mostConnections()).isEqualTo(20);
        assertThat(shipped.idle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(shipped.backlogBytes()).isEqualTo(64 << 20);

        MirrorSettings said =
                with(
                        Map.of(
                                "url",
                                URL,
                                "user",
                                "mirror",
                                "pool.least",
                                "1",
                                "pool.most",
                                "2",
                                "pool.idle",
                                "PT1M",
                                "backlog.bytes",
                                "1000"),
                        Map.of());
        assertThat(said.mostConnections()).isEqualTo(2);
        assertThat(said.idle()).isEqualTo(Duration.ofMinutes(1));
        assertThat(said.backlogBytes()).isEqualTo(1_000);
    }

    @Test
    void passwordComesFromAFileAndIsNotShown(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "hunter2\n");
        assertThat(
                        with(
                                Map.of(
                                        "url",
                                        URL,
                                        "user",
                                        "mirror",
                                        "password.file",
                                        file.toString()),
                                Map.of()))
                .extracting(MirrorSettings::toString)
                .asString()
                .contains(URL)
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url|http://db/finance",
                "url|jdbc:postgresql://db/finance?password=x",
                "user|' '",
                "password|hunter2",
                "password.file|/nowhere/at/all",
                "pool.least|21",
                "pool.idle|PT1S",
                "backlog.bytes|0",
            })
    void otherValuesAreRefused(String key, String value) {
        Map<String, String> values = new java.util.HashMap<>(Map.of("url", URL, "user", "mirror"));
        values.put(key, value);
        assertThatThrownBy(() -> with(values, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("property Mirror/")
                .hasMessageContaining("expected")
                .hasMessageNotContaining("hunter2");
    }
}
