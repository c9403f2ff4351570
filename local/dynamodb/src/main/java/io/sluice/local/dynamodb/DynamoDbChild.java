package io.sluice.local.dynamodb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A {@link DynamoDbProcess} seen from its parent: starts it, knows its endpoint, stops it. It dies
 * with the parent, however that dies. Needs nothing but the JDK.
 */
public final class DynamoDbChild implements AutoCloseable {

    /**
     * Chosen by measurement: the serial collector and the first compiler take a third less CPU and
     * 100 MB less memory here.
     */
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xms32m",
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError");

    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final int port;

    private DynamoDbChild(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the process and waits until it answers.
     *
     * @param classPath this module's jar or classes and the contents of its {@code
     *     target/classpath.txt}
     * @param dataDir the database's directory, created when absent
     * @param port 0 for any free one
     * @param log file that takes the process's messages
     * @throws IOException when it does not answer; the message has what it said last
     */
    public static DynamoDbChild start(String classPath, Path dataDir, int port, Path log)
            throws IOException {
        Path temporary = Files.createDirectories(dataDir.toAbsolutePath().resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(
                List.of(
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        classPath,
                        "io.sluice.local.dynamodb.DynamoDbProcess"));
        command.addAll(
                List.of(
                        "--data-dir",
                        dataDir.toAbsolutePath().toString(),
                        "--port",
                        Integer.toString(port)));
        Process process =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        try {
            return new DynamoDbChild(process, awaitReady(process, log));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The TCP port on the loopback address. */
    public int port() {
        return port;
    }

    /** The endpoint to give to a client. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The operating system's view of it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks it to stop and waits; one that does not is killed. */
    @Override
    public void close() {
        try (OutputStream in = process.getOutputStream()) {
            in.write("stop\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // gone already: nothing to ask
        }
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private static int awaitReady(Process process, Path log) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> readLine(lines));
        try {
            String line = first.get(START_SECONDS, TimeUnit.SECONDS);
            if (line.startsWith("ready ")) {
                return Integer.parseInt(line.substring("ready ".length()));
            }
            throw new IOException(
                    "DynamoDB Local ended instead of getting ready: " + lastLine(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while DynamoDB Local starts", e);
        } catch (ExecutionException e) {
            throw new IOException("DynamoDB Local cannot be heard: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    "DynamoDB Local did not answer within "
                            + START_SECONDS
                            + " s; its messages are in "
                            + log,
                    e);
        }
    }

    private static String readLine(BufferedReader lines) {
        try {
            String line = lines.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> said = Files.readAllLines(log);
        return said.isEmpty() ? "it said nothing" : said.get(said.size() - 1);
    }
}
