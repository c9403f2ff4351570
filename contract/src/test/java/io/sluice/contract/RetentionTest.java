package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    @Test
    void withoutSettingsResultsAndLettersStayAMonthAndUsageForEver() {
        Retention usual = Retention.ofEnvironment(Map.<String, String>of()::get);
        assertThat(usual.resultsSeconds()).isEqualTo(ResultItem.RETENTION_SECONDS);
        assertThat(usual.resultExpiresAtSeconds(5_000_000)).isEqualTo(5_000_000);
        assertThat(usual.letterExpiresAtSeconds(5_000_000)).isEqualTo(5_000_000);
        assertThat(usual.usageExpiresAtSeconds(1_000)).isZero();
    }

    @Test
    void eachIsSetByItself() {
        Retention set =
                Retention.ofEnvironment(
                        Map.of(
                                        "SLUICE_RETENTION_RESULTS_DAYS", "7",
                                        "SLUICE_RETENTION_LETTERS_DAYS", " 1 ",
                                        "SLUICE_RETENTION_USAGE_DAYS", "62")
                                ::get);
        assertThat(set.resultsSeconds()).isEqualTo(7 * 86_400);
        assertThat(set.resultExpiresAtSeconds(ResultItem.RETENTION_SECONDS)).isEqualTo(7 * 86_400);
        assertThat(set.letterExpiresAtSeconds(DeadLetterItem.RETENTION_SECONDS)).isEqualTo(86_400);
        assertThat(set.usageExpiresAtSeconds(0)).isEqualTo(63 * 86_400);
        assertThat(set.usageExpiresAtSeconds(86_399_999)).isEqualTo(63 * 86_400);
        assertThat(set.usageExpiresAtSeconds(86_400_000)).isEqualTo(64 * 86_400);
    }

    @ParameterizedTest
    @CsvSource({"results,0", "results,31", "letters,-1", "letters,x", "usage,61", "usage,3651"})
    void anythingElseIsRefusedByName(String name, String days) {
        assertThatThrownBy(() -> Retention.of(setting -> setting.equals(name) ? days : null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Retention.variableOf(name))
                .hasMessageContaining("seen '" + days + "'");
    }
}
