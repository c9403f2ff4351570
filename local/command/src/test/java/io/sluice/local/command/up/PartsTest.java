package io.sluice.local.command.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.RunState;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.process.ChildSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children are shell scripts. */
class PartsTest {
    @TempDir Path directory;

    private DataFolder folder;
    private Parts parts;

    @AfterEach
    void kill() {
        parts.kill();
    }

    @Test
    void stopMayTakeAsLongAsThoseOfAllPartsOneAfterTheOther() throws Exception {
        folder = DataFolder.at(directory);
        folder.create();
        parts = new Parts(folder, new Progress(System.err, System::nanoTime));
        parts.start(spec("job", Duration.ofMinutes(10)));
        parts.start(spec("ingress", Duration.ofSeconds(12)));
        parts.state("ready");

        RunState state = RunState.read(folder).orElseThrow();
        assertThat(state.children()).containsOnlyKeys("job", "ingress");
        assertThat(state.stopPatience()).isEqualTo(Duration.ofSeconds(612));
    }

    private ChildSpec spec(String name, Duration stopPatience) {
        return new ChildSpec(
                name,
                List.of("/bin/cat"),
                Map.of(),
                "",
                folder.standardError(name),
                folder.log(name),
                0,
                stopPatience,
                () -> {});
    }
}
