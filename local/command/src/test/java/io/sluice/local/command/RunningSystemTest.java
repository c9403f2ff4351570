package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningSystemTest {
    @TempDir Path directory;

    /** A job may be told to wait for answers as long as its longest call takes. */
    @Test
    void stopIsWaitedForLongerThanTheSystemWaitsForItsParts() throws Exception {
        DataFolder folder = DataFolder.at(directory);
        RunState.RunningProcess self = RunState.RunningProcess.ofThis();
        for (Duration parts : new Duration[] {Duration.ofSeconds(72), Duration.ofMinutes(11)}) {
            new RunState("ready", self, Map.of(), parts).write(folder);
            assertThat(RunningSystem.of(folder).patience()).isGreaterThan(parts);
        }
    }

    @Test
    void runThatSaysNothingIsWaitedForAsUsual() throws Exception {
        DataFolder folder = DataFolder.at(directory);
        new RunState("ready", RunState.RunningProcess.ofThis(), Map.of(), Duration.ZERO)
                .write(folder);
        String written = Files.readString(folder.run());
        assertThat(written).contains("\"stop_patience_seconds\"");
        Files.writeString(folder.run(), written.replace("stop_patience_seconds", "another"));
        assertThat(RunningSystem.of(folder).patience()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void nothingRunsWhereNothingWasStarted() {
        assertThatThrownBy(() -> RunningSystem.of(DataFolder.at(directory)))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("nothing runs on");
    }
}
