package io.sluice.local.command.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.local.command.data.RunState.RunningProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir Path directory;
    private DataFolder folder;

    @BeforeEach
    void create() throws IOException {
        folder = DataFolder.at(directory.resolve("with space"));
        folder.create();
    }

    @Test
    void keysAreReadBackAndOnlyForTheirOwner() throws IOException {
        Keys keys = new Keys("", Map.of()).withAdmin("a").withTenant("demo-free", "b");
        keys.write(folder);
        assertThat(Keys.read(folder)).isEqualTo(keys);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.keys())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.keys())).contains("\"admin\" : \"a\"");
    }

    @Test
    void keysAreNotPrinted() {
        assertThat(new Keys("secret", Map.of("t", "secret"))).hasToString("Keys[[t]]");
    }

    @Test
    void brokenKeysAreNotTakenForNone() throws IOException {
        Files.writeString(folder.keys(), "{\"admin\":");
        assertThatThrownBy(() -> Keys.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys.json");
    }

    @Test
    void endpointsAreReadBack() throws IOException {
        URI any = URI.create("http://127.0.0.1:1");
        Endpoints endpoints = new Endpoints(any, any, any, any, any, any, any);
        assertThat(Endpoints.read(folder)).isEmpty();
        endpoints.write(folder);
        assertThat(Endpoints.read(folder)).contains(endpoints);
    }

    @Test
    void requestIdSecretIsMadeOnce() throws IOException {
        String first = RequestIdSecrets.readOrMake(folder);
        assertThat(first).matches("[0-9a-f]{64}");
        assertThat(RequestIdSecrets.readOrMake(folder)).isEqualTo(first);
    }

    @Test
    void folderIsLockedForOne() throws IOException {
        try (FileChannel first = folder.lock()) {
            assertThat(first).isNotNull();
            assertThat(folder.lock()).isNull();
        }
        try (FileChannel again = folder.lock()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void processWithAnotherStartIsNotTheOneThatRan() throws IOException {
        RunningProcess self = RunningProcess.ofThis();
        RunningProcess earlier = new RunningProcess(self.pid(), self.startedAtMillis() - 60_000, 0);
        new RunState("ready", self, Map.of("earlier", earlier), Duration.ofSeconds(72))
                .write(folder);
        RunState read = RunState.read(folder).orElseThrow();
        assertThat(read.supervisor().alive()).isPresent();
        assertThat(read.children().get("earlier").alive()).isEmpty();
    }
}
