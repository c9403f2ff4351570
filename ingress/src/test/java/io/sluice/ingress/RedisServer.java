package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The distribution's Redis (or Valkey) as a process on the loopback address; nothing is kept. */
public final class RedisServer implements AutoCloseable {
    private final Path program;
    private final Path directory;
    private final int port;
    private Process process;

    private RedisServer(Path program, Path directory, int port) throws IOException {
        this.program = program;
        this.directory = directory;
        this.port = port;
        restart();
    }

    /**
     * Starts it. Where it is not installed the test is skipped with a word about it, but under CI
     * (environment variable {@code CI}) it fails.
     */
    public static RedisServer start(Path directory) throws IOException {
        Optional<Path> program = find("redis-server", "valkey-server");
        require(program, System.getenv("CI") != null);
        return new RedisServer(program.orElseThrow(), directory, freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Fails under CI and aborts the test elsewhere if it is not there. */
    static void require(Optional<Path> program, boolean ci) {
        String missing =
                "redis-server or valkey-server is needed on the PATH for the shared cache's test;"
                        + " install your distribution's package";
        if (ci) {
            assertThat(program).as(missing).isPresent();
        }
        if (program.isEmpty()) {
            System.out.println(missing);
        }
        assumeTrue(program.isPresent(), missing);
    }

    private static Optional<Path> find(String... names) {
        List<String> folders =
                List.of(
                        (System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/bin")
                                .split(File.pathSeparator));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where it listens. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Ends it at once. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again, empty, at the same place. */
    public void restart() throws IOException {
        process =
                new ProcessBuilder(
                                program.toString(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                "",
                                "--appendonly",
                                "no",
                                "--dir",
                                directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("redis.log").toFile())
                        .start();
        Awaitility.await().until(this::listens);
    }

    /** Stops it from answering, without closing a connection. */
    public void freeze() throws Exception {
        signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
