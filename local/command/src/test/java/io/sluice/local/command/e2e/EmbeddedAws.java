package io.sluice.local.command.e2e;

import io.sluice.local.command.AwsProcess;
import io.sluice.local.command.process.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The embedded services as processes of their own that Sluice did not start, on ports that stay the
 * same over kills. Used by one thread.
 */
final class EmbeddedAws implements AutoCloseable {
    private static final long READY_SECONDS = 180;
    private static final String LOGGING = "io/sluice/local/command/aws-log4j2.xml";

    /** What can be killed by itself. */
    enum Part {
        /** Kinesis, CloudWatch and Bedrock. */
        AWS,
        DYNAMODB
    }

    private final Path directory;
    private final Jvm jvm = new Jvm(SluiceProcess.buildRoot());
    private final Map<Part, Process> running = new EnumMap<>(Part.class);
    private final int kinesisPort = freePort();
    private final int cloudWatchPort = freePort();
    private final int bedrockPort = freePort();
    private final int dynamoDbPort = freePort();

    private EmbeddedAws(Path directory) throws IOException {
        this.directory = directory;
    }

    /** Starts all over that folder and waits until they serve. */
    static EmbeddedAws start(Path directory) throws Exception {
        Files.createDirectories(directory);
        EmbeddedAws services = new EmbeddedAws(directory);
        for (Part part : Part.values()) {
            services.start(part);
        }
        return services;
    }

    /** Starts the tables alone over that folder and waits until they serve. */
    static EmbeddedAws startDynamoDb(Path directory) throws Exception {
        Files.createDirectories(directory);
        EmbeddedAws services = new EmbeddedAws(directory);
        services.start(Part.DYNAMODB);
        return services;
    }

    int kinesisPort() {
        return kinesisPort;
    }

    int cloudWatchPort() {
        return cloudWatchPort;
    }

    int bedrockPort() {
        return bedrockPort;
    }

    int dynamoDbPort() {
        return dynamoDbPort;
    }

    /** SIGKILL. */
    void kill(Part part) {
        Process process = running.remove(part);
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** Starts a part that does not run, over what it left, and waits until it serves. */
    void start(Part part) throws Exception {
        // Its standard input is a pipe from here: it ends when this process does, however it does.
        Process process =
                new ProcessBuilder(part == Part.AWS ? aws() : dynamoDb())
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve(part + ".err").toFile()))
                        .start();
        running.put(part, process);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, part, ready), part + "-output");
        reader.setDaemon(true);
        reader.start();
        ready.get(READY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        for (Part part : Part.values()) {
            kill(part);
        }
    }

    private void read(Process process, Part part, CompletableFuture<Void> ready) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ready")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            // Killed: what it still wanted to say is lost.
        }
        ready.completeExceptionally(
                new AssertionError(part + " ended; what it said is in " + directory));
    }

    private List<String> aws() throws IOException {
        return java(
                "-Dlog.file=" + directory.resolve("aws.log"),
                "-Dlog4j2.configurationFile=classpath:" + LOGGING,
                "-cp",
                jvm.classPath("local/command"),
                AwsProcess.class.getName(),
                "--data-dir",
                directory.resolve("aws").toString(),
                "--kinesis-port",
                Integer.toString(kinesisPort),
                "--cloudwatch-port",
                Integer.toString(cloudWatchPort),
                "--bedrock-port",
                Integer.toString(bedrockPort));
    }

    private List<String> dynamoDb() throws IOException {
        return java(
                "-cp",
                jvm.classPath("local/dynamodb"),
                "io.sluice.local.dynamodb.DynamoDbProcess",
                "--data-dir",
                directory.resolve("dynamodb").toString(),
                "--port",
                Integer.toString(dynamoDbPort));
    }

    private static List<String> java(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Jvm.java(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
