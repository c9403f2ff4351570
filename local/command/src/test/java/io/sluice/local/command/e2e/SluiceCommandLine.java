package io.sluice.local.command.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of {@code bin/sluice} to its end.
 *
 * @param status its exit status
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record SluiceCommandLine(int status, String out, String err) {
    private static final long PATIENCE_SECONDS = 180;

    /** Runs a subcommand on a data folder. */
    static SluiceCommandLine run(Path dataDir, String... arguments)
            throws IOException, InterruptedException {
        return run(Map.of(), dataDir, arguments);
    }

    /** The same with more environment variables. */
    static SluiceCommandLine run(Map<String, String> environment, Path dataDir, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                SluiceProcess.buildRoot()
                                        .resolve("bin")
                                        .resolve("sluice")
                                        .toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data-dir", dataDir.toString()));
        Path err = Files.createTempFile(dataDir, "command", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SLUICE_NO_BUILD", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " still runs:\n" + Files.readString(err));
        }
        return new SluiceCommandLine(process.exitValue(), out.trim(), Files.readString(err));
    }
}
