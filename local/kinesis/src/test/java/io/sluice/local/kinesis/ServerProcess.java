package io.sluice.local.kinesis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server in a process of its own, to be killed. */
final class ServerProcess {
    private final Process process;
    private final URI endpoint;

    private ServerProcess(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** The process: serves a directory, prints its endpoint, ends with its parent. */
    public static void main(String[] args) throws Exception {
        KinesisServer server =
                KinesisServer.start(
                        Settings.in(Path.of(args[0]))
                                .withLimits(Limits.UNLIMITED)
                                .withSegmentBytes(100_000));
        System.out.println("endpoint " + server.endpoint());
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        server.close();
    }

    static ServerProcess start(Path dir) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ServerProcess.class.getName(),
                                dir.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("endpoint ")) {
                return new ServerProcess(process, URI.create(line.substring(9)));
            }
        }
        throw new IOException("The server process ended before it was ready");
    }

    URI endpoint() {
        return endpoint;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
