package io.sluice.sinks.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorSettingsTest {
    private static final String URL =
            "jdbc:postgresql://db.example.com:5432/finance?sslmode=require";

    @Test
    void poolIsFiveToTwentyConnectionsIdleForFiveMinutes() {
        MirrorSettings settings = MirrorSettings.of(URL, "mirror", "secret");
        assertThat(settings.leastConnections()).isEqualTo(5);
        assertThat(settings.mostConnections()).isEqualTo(20);
        assertThat(settings.idle()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void passwordIsNotShown() {
        assertThat(MirrorSettings.of(URL, "mirror", "secret"))
                .hasToString(
                        "MirrorSettings{"
                                + URL
                                + ", user=mirror, connections=5..20, idle=PT5M,"
                                + " backlogBytes=67108864}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/finance",
                "postgresql://db/finance",
                "jdbc:postgresql://db/finance?password=hunter2",
                "jdbc:postgresql://db/finance?user=me",
                "jdbc:postgresql://db:hunter2/finance"
            })
    void otherUrlsAreRefusedAndNotRepeated(String url) {
        assertThatThrownBy(() -> MirrorSettings.of(url, "mirror", "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url: seen")
                .hasMessageContaining("expected")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void poolsThatCannotBeAreRefused() {
        MirrorSettings settings = MirrorSettings.of(URL, "mirror", "secret");
        assertThatThrownBy(() -> settings.withPool(6, 5, Duration.ofMinutes(5)))
                .hasMessageContaining("seen 6 to 5 connections");
        assertThatThrownBy(() -> settings.withPool(1, 5, Duration.ofSeconds(1)))
                .hasMessageContaining("PT10S");
        assertThatThrownBy(() -> MirrorSettings.of(URL, " ", "secret"))
                .hasMessageStartingWith("user: seen none");
    }
}
