package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCheckTest {
    @TempDir Path dir;

    private Path file(String yaml) throws IOException {
        return Files.writeString(dir.resolve("policy.yaml"), yaml);
    }

    @Test
    void usableFileIsPassedOnWithItsWholePath() throws Exception {
        Path file = file("default_tier: business");
        assertThat(PolicyCheck.usable(file, Map.of())).isEqualTo(file.toAbsolutePath());
    }

    @Test
    void everythingThatIsWrongIsToldBeforeTheStart() throws IOException {
        Path file = file("default_tier: gold\ntiers: {free: {weight: 0}}");
        assertThatThrownBy(() -> PolicyCheck.usable(file, Map.of()))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("default_tier: seen 'gold'")
                .hasMessageContaining("tiers.free.weight: seen '0'");
        assertThatThrownBy(() -> PolicyCheck.usable(dir.resolve("no"), Map.of()))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void modelsAreThoseOfThePriceBookThatTheIngressHas() throws Exception {
        Path file = file("tiers: {free: {allowed_models: [acme.own-v1]}}");
        Path prices =
                Files.writeString(
                        dir.resolve("prices.json"),
                        "{\"version\":\"t\",\"prices\":[{\"model\":\"acme.own-v1\",\"scopes\":[\"base\"],"
                                + "\"input\":\"1\",\"output\":\"1\"}]}");
        assertThat(PolicyCheck.usable(file, Map.of("SLUICE_PRICES", prices.toString())))
                .isEqualTo(file.toAbsolutePath());
        assertThatThrownBy(() -> PolicyCheck.usable(file, Map.of()))
                .hasMessageContaining("acme.own-v1");
    }
}
