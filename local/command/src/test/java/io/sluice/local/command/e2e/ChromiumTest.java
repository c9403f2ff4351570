package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ChromiumTest {
    private static final Optional<Path> THERE = Optional.of(Path.of("there"));
    private static final Optional<Path> MISSING = Optional.empty();

    @Test
    void withoutItTheTestIsSkippedAndSaysSo() {
        assertThatThrownBy(() -> Chromium.require(MISSING, THERE, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("Chromium and chromedriver are needed");
        assertThatThrownBy(() -> Chromium.require(THERE, MISSING, false))
                .isInstanceOf(TestAbortedException.class);
    }

    @Test
    void underCiItMustBeThere() {
        assertThatThrownBy(() -> Chromium.require(MISSING, THERE, true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Chromium and chromedriver are needed");
    }

    @Test
    void whereItIsThereTheTestRuns() {
        assertThatCode(() -> Chromium.require(THERE, THERE, true)).doesNotThrowAnyException();
        assertThatCode(() -> Chromium.require(THERE, THERE, false)).doesNotThrowAnyException();
    }
}
