package io.sluice.local.command.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of {@code bin/sluice} beside a running system, as a person makes it.
 *
 * @param status with which it ended
 * @param out what it printed, without white space around it
 * @param err what it told beside that
 */
record SluiceRun(int status, String out, String err) {
    private static final long PATIENCE_SECONDS = 180;

    /** Runs a subcommand on a data folder; its words are put before {@code --data-dir}. */
    static SluiceRun of(Path dataDir, String... words) throws IOException, InterruptedException {
        return of(Map.of(), dataDir, words);
    }

    /** The same with more environment variables. */
    static SluiceRun of(Map<String, String> environment, Path dataDir, String... words)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("sluice", ".out");
        Path err = Files.createTempFile("sluice", ".err");
        List<String> command = new ArrayList<>();
        command.add(SluiceProcess.buildRoot().resolve("bin").resolve("sluice").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("--data-dir", dataDir.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SLUICE_NO_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " still runs");
            }
            return new SluiceRun(process.exitValue(), text(out).trim(), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    JsonNode json() {
        return Json.parse(out);
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
