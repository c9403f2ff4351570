package io.sluice.local.command.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(TextTable.ofText().row("API", "here").row("dashboard", "x", "y").text())
                .isEqualTo("  API         here\n  dashboard   x      y\n");
    }

    @Test
    void numbersAreFlushRight() {
        assertThat(TextTable.ofNumbers().row("tenant", "count").row("a", "7").text())
                .isEqualTo("  tenant   count\n  a            7\n");
    }

    @Test
    void emptyTableHasNoLines() {
        assertThat(TextTable.ofText().text()).isEmpty();
    }
}
