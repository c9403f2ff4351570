package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void onlyWhatIsBetweenTheMarkersIsReplaced() {
        String before = "# Figures\n" + Report.BEGIN + "\nold\n" + Report.END + "\nnotes\n";
        String after =
                Report.replaced(
                        before, Report.markdown("a machine", List.of(Row.reference("x", "1 ms"))));
        assertThat(after)
                .startsWith("# Figures\n" + Report.BEGIN)
                .contains("a machine", "| x | – | 1 ms | – |")
                .doesNotContain("old")
                .endsWith(Report.END + "\nnotes\n");
        assertThat(Report.replaced(after, "new")).doesNotContain("a machine");
    }

    @Test
    void aDocumentWithoutMarkersIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Report.replaced("# Figures", "new"));
    }
}
