package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.TargetQuota;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSettingsTest {
    private static TargetSettings settings(int least, int start, int most, String quota) {
        return new TargetSettings(
                least,
                start,
                most,
                80,
                Duration.ofSeconds(1),
                10,
                50,
                Map.of("m", QuotaSettings.parse("Invoke/target.quota.m", "m", quota)));
    }

    @Property
    void partsOfAllSubtasksAddUpToTheSetting(
            @ForAll @IntRange(min = 1, max = 128) int subtasks,
            @ForAll @IntRange(min = 0, max = 5_000) int more) {
        int whole = subtasks + more;
        TargetSettings settings =
                settings(1, whole, whole, "tokens=" + whole * 7L + " requests=" + whole);
        long places = 0;
        long tokens = 0;
        long requests = 0;
        for (int i = 0; i < subtasks; i++) {
            TargetCapacity part = settings.capacitiesOf(i, subtasks).apply("m");
            places += part.limit();
            tokens += part.tokensLeft(0);
            requests += part.requestsLeft(0);
        }
        assertThat(places).isEqualTo(whole);
        assertThat(tokens).isEqualTo(whole * 7L);
        assertThat(requests).isEqualTo(whole);
    }

    @Test
    void targetWithoutAQuotaHasNone() {
        TargetCapacity other = settings(1, 1, 1, "tokens=1").capacitiesOf(0, 1).apply("other");
        assertThat(other.tokensLeft(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(other.requestsLeft(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void quotaOfAPolicyIsInForceAndCompletedByTheSetting() {
        TargetCapacity part =
                settings(1, 10, 10, "tokens=100 requests=50")
                        .capacitiesOf(0, 2)
                        .apply("us-east-1/m");
        assertThat(part.tokensLeft(0)).isEqualTo(50);
        part.start(Lane.INTERACTIVE, 20, 0);

        part.declare("chat", new TargetQuota(1_000, TargetQuota.UNLIMITED, 4, 5), 0);

        assertThat(part.tokensLeft(0)).as("what is used stays counted").isEqualTo(500 - 20);
        assertThat(part.requestsLeft(0)).isEqualTo(25 - 1);
        assertThat(part.limit()).isEqualTo(2);
    }

    @Test
    void quotaOfAPolicyNeedsNoSetting() {
        TargetCapacity part = TargetSettings.WIDE.capacitiesOf(3, 4).apply("us-east-1/other");

        part.declare("chat", new TargetQuota(2, 9, TargetQuota.UNLIMITED, 1), 0);

        assertThat(part.tokensLeft(0)).as("one for each subtask at least").isEqualTo(1);
        assertThat(part.requestsLeft(0)).isEqualTo(2);
    }

    @Test
    void lessThanOnePerSubtaskIsRefusedByName() {
        assertThatThrownBy(() -> settings(1, 1, 3, "tokens=9").capacitiesOf(0, 4))
                .hasMessageContaining(
                        "Invoke/target.concurrency.most: seen 3 with a parallelism of 4");
        assertThatThrownBy(() -> settings(1, 1, 9, "requests=3").capacitiesOf(0, 4))
                .hasMessageContaining("Invoke/target.quota.m: seen 3 a minute")
                .hasMessageContaining("parallelism of 4");
    }

    @Test
    void boundsOutOfOrderAreRefusedByName() {
        assertThatThrownBy(() -> settings(5, 4, 9, "tokens=9"))
                .hasMessageContaining("Invoke/target.concurrency.least, start, most: seen 5, 4, 9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "tokens", "tokens=0", "tokens=-1", "tokens=1.5", "rpm=5", "tokens = 5"})
    void textThatIsNoQuotaIsRefusedByName(String text) {
        assertThatThrownBy(() -> QuotaSettings.parse("Invoke/target.quota.m", "m", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invoke/target.quota.m: seen '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic.claude-3-7-sonnet-20250219-v1:0, 5",
        "anthropic.claude-haiku-4-5-20251001-v1:0, 5",
        "us.anthropic.claude-sonnet-4-20250514-v1:0, 5",
        "arn:aws:bedrock:us-east-1:1:inference-profile/global.anthropic.claude-opus-4-1-20250805-v1:0, 5",
        "anthropic.claude-sonnet-9-v1:0, 5",
        "anthropic.claude-3-haiku-20240307-v1:0, 1",
        "anthropic.claude-3-5-sonnet-20241022-v2:0, 1",
        "anthropic.claude-3-opus-20240229-v1:0, 1",
        "anthropic.claude-v2:1, 1",
        "anthropic.claude-instant-v1, 1",
        "amazon.nova-micro-v1:0, 1",
        "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc, 1"
    })
    void outputOfClaudeSince37CountsFiveTimes(String model, int burnDown) {
        assertThat(BurnDown.of(model)).isEqualTo(burnDown);
    }
}
