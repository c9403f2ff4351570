package io.sluice.local.command.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one kind of process, read and checked once and then mapped from a file (JEP 350),
 * so that later starts cost less of the processor. The first run of a build that ends by itself
 * leaves the file.
 *
 * <p>Its name stands for the Java and for each jar's path, size and time of change: another build
 * has another file. Java ignores one that does not fit, and runs as without.
 */
public final class ClassArchive {
    /** What Java tells of classes that it cannot archive, which is no news for anybody. */
    private static final List<String> SILENCE =
            List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off");

    /** Neither maps nor records anything. */
    public static final ClassArchive NONE = new ClassArchive(List.of(), null, null);

    private final List<String> flags;
    private final @Nullable Path recording;
    private final @Nullable Path file;

    private ClassArchive(List<String> flags, @Nullable Path recording, @Nullable Path file) {
        this.flags = flags;
        this.recording = recording;
        this.file = file;
    }

    /**
     * That of a class path, as it is now.
     *
     * @param folder where archives lie; made if it is not there
     * @param name of the kind of process, without {@code -}
     */
    public static ClassArchive of(Path folder, String name, String classPath) throws IOException {
        Path file = folder.resolve(name + "-" + fingerprint(classPath) + ".jsa");
        if (Files.isReadable(file)) {
            return new ClassArchive(flags("-XX:SharedArchiveFile=" + file), null, file);
        }
        if (!isWritable(folder)) {
            return NONE;
        }
        long pid = ProcessHandle.current().pid();
        Path recording = folder.resolve(name + "-" + pid + ".recording");
        return new ClassArchive(flags("-XX:ArchiveClassesAtExit=" + recording), recording, file);
    }

    /** What {@code java} is to be started with. */
    public List<String> flags() {
        return flags;
    }

    /** Whether a run with these flags takes some seconds longer to end. */
    public boolean records() {
        return recording != null;
    }

    /** After a run with these flags that ended with status 0: later ones use what it recorded. */
    public void keep() {
        if (recording == null || file == null || !Files.exists(recording)) {
            return;
        }
        try {
            Files.move(recording, file, StandardCopyOption.ATOMIC_MOVE);
            removeOthers(file);
        } catch (IOException e) {
            // Another run keeps its own, or nothing can be kept: the next one is only slower.
        }
    }

    /** Those of builds that are gone; who still runs on one has it mapped. */
    private static void removeOthers(Path file) throws IOException {
        String all = file.toString();
        String ofItsKind = all.substring(0, all.lastIndexOf('-') + 1);
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            for (Path other : files.map(Path::normalize).toList()) {
                if (other.toString().startsWith(ofItsKind) && !other.equals(file.normalize())) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }

    private static List<String> flags(String first) {
        return Stream.concat(Stream.of(first, "-Xshare:auto"), SILENCE.stream()).toList();
    }

    private static boolean isWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }

    private static String fingerprint(String classPath) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version"));
        text.append(System.getProperty("java.home"));
        for (String jar : classPath.split(File.pathSeparator)) {
            BasicFileAttributes is = Files.readAttributes(Path.of(jar), BasicFileAttributes.class);
            text.append('\n').append(jar).append(' ').append(is.size());
            text.append(' ').append(is.lastModifiedTime().toMillis());
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
