package io.sluice.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest extends ObjectStoreContract {
    @TempDir Path dir;
    private Path root;

    @Override
    ObjectStore open() {
        root = dir.resolve(UUID.randomUUID().toString());
        return ObjectStores.open(root.toString(), UnaryOperator.identity());
    }

    @AfterEach
    void close() {
        store().close();
    }

    @Test
    void aFileThatWasCutShortIsWrittenAgain() throws IOException {
        Path file = root.resolve("acme/req_1/prompt-a");
        Files.createDirectories(file.getParent());
        Files.write(file, text("hal"));
        store().putIfAbsent("acme/req_1/prompt-a", text("half of it")).join();
        assertThat(file).hasContent("half of it");
    }

    @Test
    void onlyTheOwnerReadsAndNothingIsLeftBeside() throws IOException {
        store().putIfAbsent("acme/req_1/prompt-a", text("x")).join();
        Path file = root.resolve("acme/req_1/prompt-a");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> drafts = Files.list(root.resolve(FolderObjectStore.INCOMING))) {
            assertThat(drafts).isEmpty();
        }
    }

    @Test
    void leftoversGoWhenTheyAreOldAndDirectoriesWhenTheyAreEmpty() throws IOException {
        Path old = Files.createFile(root.resolve(FolderObjectStore.INCOMING).resolve("old"));
        Path young = Files.createFile(root.resolve(FolderObjectStore.INCOMING).resolve("young"));
        Files.setLastModifiedTime(old, FileTime.fromMillis(999));
        Files.setLastModifiedTime(young, FileTime.fromMillis(1_000));
        store().removeLeftovers(1_000).join();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        store().putIfAbsent("acme/req_1/prompt-a", text("x")).join();
        store().delete("acme/req_1/prompt-a").join();
        assertThat(root.resolve("acme")).doesNotExist();
        assertThat(root).exists();
    }

    @Test
    void noKeyLeadsOutOfTheFolder() {
        assertThatThrownBy(() -> store().get("../outside", 10).join())
                .hasCauseInstanceOf(ObjectStoreException.class);
        assertThatThrownBy(() -> store().putIfAbsent("a/../../x", text("x")).join())
                .hasCauseInstanceOf(ObjectStoreException.class);
        assertThat(dir.resolve("x")).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenIsAFailureThatMayPass() throws IOException {
        Files.createDirectories(root);
        Files.write(root.resolve("acme"), text("a file where a directory should be"));
        assertThatThrownBy(() -> store().putIfAbsent("acme/req_1/prompt-a", text("x")).join())
                .cause()
                .isInstanceOfSatisfying(
                        ObjectStoreException.class, e -> assertThat(e.repeatable()).isTrue());
    }

    @Test
    void aPlaceThatIsNoneIsRefusedWithWhatWasExpected() {
        for (String wrong :
                new String[] {"relative/path", "s3:///nobucket", "http://x/y", "s3:x y"}) {
            assertThatThrownBy(() -> ObjectStores.open(wrong, UnaryOperator.identity()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected an absolute path");
        }
    }
}
