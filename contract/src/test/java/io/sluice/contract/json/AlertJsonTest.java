package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertJsonTest {
    private static final long AT = 1_772_366_400_000L;

    @Test
    void theBodyIsAPromiseToReceivers() {
        Alert alert =
                Alert.ofTenant(
                        AlertKind.BUDGET_THRESHOLD,
                        "acme",
                        "budget-per-day:80",
                        7,
                        AT,
                        Map.of("spent_usd", "8.1", "budget_usd", "10"));
        assertThat(new String(AlertJson.write(alert), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"type\":\"alert.budget-threshold\",\"timestamp\":\"2026-03-01T12:00:00Z\","
                                + "\"data\":{\"id\":\""
                                + alert.id()
                                + "\",\"tenant_id\":\"acme\",\"subject\":\"budget-per-day:80\","
                                + "\"details\":{\"budget_usd\":\"10\",\"spent_usd\":\"8.1\"}}}");
    }

    @Test
    void anIdFollowsFromTheCrossingAlone() {
        Alert one = Alert.ofTenant(AlertKind.REJECTION_SPIKE, "a", "r", 7, AT, Map.of());
        Alert again = Alert.ofTenant(AlertKind.REJECTION_SPIKE, "a", "r", 7, AT, Map.of("x", "1"));
        Alert later = Alert.ofTenant(AlertKind.REJECTION_SPIKE, "a", "r", 8, AT, Map.of());
        Alert other = Alert.ofTenant(AlertKind.REJECTION_SPIKE, "b", "r", 7, AT, Map.of());
        Alert system = Alert.ofSystem(AlertKind.STREAM_LAG, "r", 7, AT, Map.of());
        assertThat(again.id()).isEqualTo(one.id()).matches("alert_[0-9a-f]{32}");
        assertThat(one.id()).isNotIn(later.id(), other.id(), system.id());
        assertThat(new String(AlertJson.write(system), StandardCharsets.UTF_8))
                .doesNotContain("tenant_id");
    }
}
