package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MirrorCheckTest {
    private static final Map<String, String> USER = Map.of("SLUICE_MIRROR_USER", "mirror");

    @Test
    void urlWithoutSecretsIsUsed() throws FindingException {
        assertThat(MirrorCheck.usable("jdbc:postgresql://db/finance?sslmode=require", USER))
                .isEqualTo("jdbc:postgresql://db/finance?sslmode=require");
    }

    @Test
    void whatTheJobWouldRefuseIsRefusedAndNotRepeated() {
        refused("mysql://db/finance", USER, "seen no JDBC URL of PostgreSQL");
        refused("jdbc:postgresql://db/finance?password=hunter2", USER, "SLUICE_MIRROR_PASSWORD");
        refused("jdbc:postgresql://db/finance", Map.of(), "seen no SLUICE_MIRROR_USER");
    }

    private static void refused(String url, Map<String, String> environment, String message) {
        assertThatThrownBy(() -> MirrorCheck.usable(url, environment))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }
}
