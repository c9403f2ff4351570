package io.sluice.sinks.relational;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL of the distribution's package, in a folder and on a port of its own, which can
 * be killed and started again. Runs as {@code postgres} if the tests run as root, whom it refuses.
 */
final class LocalPostgres implements AutoCloseable {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private final Path programs;
    private final int port;
    private final Thread atExit = new Thread(this::kill);
    private Process process;

    private LocalPostgres(Path folder, Path programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    /** An empty server with the superuser {@code postgres}, who needs no password. */
    static LocalPostgres start() throws IOException, InterruptedException {
        Path programs = programs();
        LocalPostgres server =
                new LocalPostgres(Files.createTempDirectory("postgres"), programs, freePort());
        if (isRoot()) {
            run(server.folder, List.of("chown", "postgres", server.folder.toString()));
        }
        run(
                server.folder,
                server.asItsUser(
                        "initdb",
                        "-U",
                        "postgres",
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--no-sync",
                        "--no-instructions"));
        server.restart();
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    /** Starts it where it was killed. */
    void restart() throws IOException {
        List<String> command =
                asItsUser(
                        "postgres",
                        "-F",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-k",
                        folder.toString(),
                        "-c",
                        "shared_buffers=16MB");
        process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> !query("postgres", "SELECT 1").isEmpty());
    }

    /** SIGKILL for the server and all its processes. */
    void kill() {
        List<Long> others = process.descendants().map(ProcessHandle::pid).toList();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> others.stream().allMatch(LocalPostgres::isDead));
    }

    /** Nobody may be there to take its exit code, as in some containers: then it is a zombie. */
    private static boolean isDead(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return true;
        }
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connect(String database, String user) throws SQLException {
        return DriverManager.getConnection(url(database) + "?user=" + user);
    }

    /** Runs statements as the superuser, each on its own. */
    void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database, "postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The rows of a query, columns joined by {@code |}. */
    List<String> query(String database, String sql) throws SQLException {
        try (Connection connection = connect(database, "postgres");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    columns.add(found.getString(i));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<String> asItsUser(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of("-D", folder.resolve("data").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(Path folder, List<String> command)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile("postgres", ".out");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        String output = Files.readString(said);
        Files.delete(said);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " failed: " + output);
        }
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(PACKAGES)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(PACKAGES, "[0-9]*")) {
                for (Path version : found) {
                    if (Files.isExecutable(version.resolve("bin/initdb"))) {
                        return version.resolve("bin");
                    }
                }
            }
        }
        throw new IllegalStateException(
                "no "
                        + PACKAGES
                        + "/*/bin/initdb: the mirror is tested against a real PostgreSQL; install"
                        + " the package postgresql (apt-get install postgresql)");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
