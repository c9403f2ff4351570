package io.sluice.local.command.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPatienceTest {
    @TempDir Path directory;

    private JobPatience of(String invoke) throws IOException {
        return JobPatience.of(
                Files.writeString(
                        directory.resolve("properties.json"),
                        "[{\"PropertyGroupId\":\"Metrics\",\"PropertyMap\":{\"stop.wait\":\"PT9H\"}},"
                                + "{\"PropertyGroupId\":\"Invoke\",\"PropertyMap\":{"
                                + invoke
                                + "}}]"));
    }

    @Test
    void jobIsNotKilledWhileItWaitsForAnswers() throws Exception {
        JobPatience patience = of("\"stop.wait\":\"PT2M\"");
        assertThat(patience.cancel()).isGreaterThan(Duration.ofMinutes(2));
        assertThat(patience.stop()).isGreaterThan(patience.cancel().plusSeconds(30));
    }

    @Test
    void withoutTheSettingTheJobsDefaultCounts() throws Exception {
        assertThat(of("\"attempts\":\"4\"").cancel()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void wrongSettingIsRefusedByName() {
        assertThatThrownBy(() -> of("\"stop.wait\":\"soon\""))
                .hasMessageContaining("Invoke/stop.wait: seen 'soon', expected");
    }
}
