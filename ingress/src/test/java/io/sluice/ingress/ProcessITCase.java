package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The ingress as the process that a supervisor starts. */
class ProcessITCase {
    @TempDir Path dir;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void childSaysWhereItListensAndEndsWithItsParent() throws Exception {
        Process process = start(List.of("--die-with-parent"), Map.of("SLUICE_PORT", "0"));
        try {
            int port = awaitReady(process);
            HttpResponse<String> live =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            "http://127.0.0.1:"
                                                                    + port
                                                                    + "/health/live"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
            assertThat(live.statusCode()).isEqualTo(200);
            process.getOutputStream().close(); // what happens when the parent is gone
            await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void childStopsWhenItIsTold() throws Exception {
        Process process = start(List.of(), Map.of("SLUICE_PORT", "0"));
        try {
            awaitReady(process);
            process.getOutputStream().write("stop\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void missingSecretsEndTheStartWithTheirName() throws Exception {
        Process process =
                start(List.of(), Map.of("SLUICE_PORT", "0", "SLUICE_REQUEST_ID_SECRETS", ""));
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
            assertThat(process.exitValue()).isNotZero();
            assertThat(Files.readString(dir.resolve("err"))).contains("SLUICE_REQUEST_ID_SECRETS");
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> arguments, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IngressApplication.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(dir.resolve("err").toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "AWS_REGION", "us-east-1",
                                "AWS_ACCESS_KEY_ID", "sluice",
                                "AWS_SECRET_ACCESS_KEY", "sluice",
                                "AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:9",
                                "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9",
                                "SLUICE_REQUEST_ID_SECRETS", "00".repeat(32)));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int awaitReady(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        assertThat(line).startsWith("ready ");
        return Integer.parseInt(line.substring("ready ".length()));
    }
}
