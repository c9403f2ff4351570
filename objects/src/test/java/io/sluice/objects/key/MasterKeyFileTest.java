package io.sluice.objects.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {
    @TempDir Path folder;

    @Test
    void isMadeOnceForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("keys/master.key");
        MasterKeyFile.createIfMissing(file);
        byte[] key = MasterKeyFile.read(file);
        assertThat(key).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        MasterKeyFile.createIfMissing(file);
        assertThat(MasterKeyFile.read(file)).isEqualTo(key);
        try (var files = Files.list(folder.resolve("keys"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void isRefusedIfOthersMayReadIt() throws IOException {
        Path file = folder.resolve("master.key");
        MasterKeyFile.createIfMissing(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> MasterKeyFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void saysWhatIsWrongAndNothingOfTheKey() throws IOException {
        Path file = folder.resolve("master.key");
        assertThatThrownBy(() -> MasterKeyFile.read(file)).hasMessageContaining("backup");
        MasterKeyFile.createIfMissing(file);
        Files.writeString(file, "c2VjcmV0");
        assertThatThrownBy(() -> MasterKeyFile.read(file))
                .hasMessageContaining("does not hold 32 bytes")
                .message()
                .doesNotContain("c2VjcmV0");
        assertThatThrownBy(
                        () ->
                                KeyPlace.open(
                                        folder.toString(),
                                        "master.key",
                                        UnaryOperator.identity(),
                                        () -> 0))
                .hasMessageContaining("expected the absolute path of its file or kms:KEY");
    }
}
