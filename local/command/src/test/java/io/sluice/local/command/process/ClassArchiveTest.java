package io.sluice.local.command.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes are the tests' own Java with a jar of one class. */
class ClassArchiveTest {
    @TempDir Path directory;

    private Path folder;
    private Path jar;

    @BeforeEach
    void jarOfOneClass() throws IOException {
        folder = directory.resolve("archives");
        jar = directory.resolve("hello.jar");
        pack("hello");
    }

    /** Each step on what the one before left: a run that records takes a second. */
    @Test
    void runsMapWhatTheFirstOneRecordedAsLongAsItFits() throws Exception {
        ClassArchive first = archive();
        assertThat(run(first)).containsExactly("hello");
        assertThat(archive().records()).as("nobody kept it yet").isTrue();
        first.keep();

        ClassArchive second = archive();
        assertThat(second.records()).isFalse();
        assertThat(run(second, "-Xlog:class+load:stdout"))
                .contains("hello")
                .anyMatch(line -> line.contains(" Hello source: shared objects file (top)"));

        pack("changed behind its back");
        assertThat(run(second)).containsExactly("changed behind its back");

        Path kept = files().get(0);
        Files.delete(kept);
        Files.write(kept, new byte[5_000_000]);
        assertThat(run(second)).as("a broken file").containsExactly("changed behind its back");
    }

    @Test
    void anotherBuildRecordsItsOwnAndTakesTheOldOneAway() throws Exception {
        kept(archive());
        Path old = files().get(0);
        pack("another word");
        ClassArchive fresh = archive();
        assertThat(fresh.records()).isTrue();
        kept(fresh);
        assertThat(files()).hasSize(1).doesNotContain(old);
        assertThat(archive().records()).isFalse();
    }

    @Test
    void jarThatWasTouchedIsAnother() throws Exception {
        kept(archive());
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
        assertThat(archive().records()).isTrue();
    }

    @Test
    void otherKindsAreLeftAlone() throws Exception {
        ClassArchive other = ClassArchive.of(folder, "hell", jar.toString());
        kept(other);
        kept(archive());
        assertThat(files()).hasSize(2);
    }

    @Test
    void whereNothingCanBeKeptNothingIsAskedFor() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        ClassArchive impossible =
                ClassArchive.of(file.resolve("archives"), "hello", jar.toString());
        assertThat(impossible.flags()).isEmpty();
        assertThat(impossible.records()).isFalse();
        impossible.keep();
        assertThat(file).isRegularFile();
    }

    /** As after a run. */
    private static void kept(ClassArchive classes) throws IOException {
        String flag = classes.flags().get(0);
        Files.writeString(Path.of(flag.substring(flag.indexOf('=') + 1)), "classes");
        classes.keep();
    }

    private ClassArchive archive() throws IOException {
        return ClassArchive.of(folder, "hello", jar.toString());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private List<String> run(ClassArchive classes, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(classes.flags());
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", jar.toString(), "Hello"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    /** A jar of a class that says a word. */
    private void pack(String word) throws IOException {
        Path source =
                Files.writeString(
                        directory.resolve("Hello.java"),
                        "public class Hello { public static void main(String[] args) {"
                                + " System.out.println(\""
                                + word
                                + "\"); } }");
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .run(
                                        null,
                                        null,
                                        null,
                                        "-d",
                                        directory.toString(),
                                        source.toString()))
                .isZero();
        Path replaced = directory.resolve("new.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(replaced))) {
            out.putNextEntry(new JarEntry("Hello.class"));
            out.write(Files.readAllBytes(directory.resolve("Hello.class")));
        }
        Files.move(replaced, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
