package io.sluice.local.command.process;

import io.sluice.local.command.FindingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How this build's processes are started: the JDK's {@code java} and the class path of a module.
 */
public final class Jvm {
    private final Path home;

    /**
     * @param home the root of the build, which holds the modules
     */
    public Jvm(Path home) {
        this.home = home;
    }

    /**
     * The processes of the build that this one is of.
     *
     * @throws FindingException if this was not started by {@code bin/sluice}, which knows
     */
    public static Jvm ofThisBuild() throws FindingException {
        String home = System.getProperty("sluice.home");
        if (home == null) {
            throw new FindingException(
                    "the system property sluice.home is not set: start this with bin/sluice");
        }
        return new Jvm(Path.of(home));
    }

    /** The {@code java} that runs this process. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The build's root. */
    public Path home() {
        return home;
    }

    /**
     * The class path of a module's process: its jar and what its {@code target/classpath.txt}
     * lists.
     *
     * @throws IOException when the module is not built
     */
    public String classPath(String module) throws IOException {
        Path list = home.resolve(module).resolve("target").resolve("classpath.txt");
        if (!Files.isRegularFile(list)) {
            throw notBuilt(module, list.toString());
        }
        return jar(module) + ":" + Files.readString(list).trim();
    }

    /** A module's own jar. */
    public Path jar(String module) throws IOException {
        Path target = home.resolve(module).resolve("target");
        List<Path> jars;
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            jars = files.filter(file -> isMainJar(file.getFileName().toString())).sorted().toList();
        }
        if (jars.isEmpty()) {
            throw notBuilt(module, target + "/*.jar");
        }
        return jars.get(jars.size() - 1);
    }

    /** The classes of a kind of process that runs on a class path of this build. */
    public ClassArchive classArchive(String name, String classPath) throws IOException {
        Path target = home.resolve("local").resolve("command").resolve("target");
        return ClassArchive.of(target.resolve("class-archives"), name, classPath);
    }

    private static boolean isMainJar(String name) {
        return name.matches("sluice-[a-z-]+-[0-9.]+(-SNAPSHOT)?\\.jar");
    }

    private static IOException notBuilt(String module, String missing) {
        return new IOException(
                "module "
                        + module
                        + " is not built: there is no "
                        + missing
                        + ". Build with ./mvnw -DskipTests package");
    }
}
