package io.sluice.ingress.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.json.PriceBookJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {
    @TempDir Path dir;

    private PolicyFile file(String yaml) throws IOException {
        return new PolicyFile(write(yaml), PriceBookJson.shipped());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(dir.resolve("policy.yaml"), yaml);
    }

    @Test
    void contentIsInForceWhenTwoPollsSawIt() throws IOException {
        PolicyFile file = file("default_tier: free");
        write("default_tier: bus");
        assertThat(file.poll()).as("half written").isFalse();
        write("default_tier: business");
        assertThat(file.poll()).isFalse();
        assertThat(file.current().defaultTier()).isEqualTo("free");
        assertThat(file.poll()).isTrue();
        assertThat(file.current().defaultTier()).isEqualTo("business");
        assertThat(file.poll()).as("nothing new").isFalse();
    }

    @Test
    void brokenOrMissingFileLeavesTheLastGoodOneInForce() throws IOException {
        PolicyFile file = file("default_tier: business");
        write("default_tier: [");
        for (int i = 0; i < 3; i++) {
            assertThat(file.poll()).isFalse();
        }
        Files.delete(dir.resolve("policy.yaml"));
        assertThat(file.poll()).isFalse();
        assertThat(file.current().defaultTier()).isEqualTo("business");
        write("default_tier: enterprise");
        file.poll();
        assertThat(file.poll()).isTrue();
        assertThat(file.current().defaultTier()).isEqualTo("enterprise");
    }

    @Test
    void fileThatCannotBeUsedStopsTheStartAndSaysAllOfIt() {
        assertThatThrownBy(() -> file("default_tier: gold\ntiers: {free: {weight: 0}}"))
                .hasMessageContaining("policy.yaml")
                .hasMessageContaining("default_tier: seen 'gold'")
                .hasMessageContaining("tiers.free.weight: seen '0'");
        assertThatThrownBy(() -> new PolicyFile(dir.resolve("no"), PriceBookJson.shipped()))
                .hasMessageContaining("SLUICE_POLICY: cannot read");
    }

    @Test
    void withoutAFileTheShippedPolicyIsInForceForGood() {
        PolicyFile file = new PolicyFile((Path) null, PriceBookJson.shipped());
        assertThat(file.current().tierNames()).containsExactly("business", "enterprise", "free");
        assertThat(file.poll()).isFalse();
    }
}
