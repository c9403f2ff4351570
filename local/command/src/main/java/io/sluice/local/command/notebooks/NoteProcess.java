package io.sluice.local.command.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.process.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs a note in a process of its own, with Flink's table planner, which nothing else needs. It
 * ends with this process.
 */
public final class NoteProcess {
    private static final String MAIN = "io.sluice.local.notebooks.NotebookProcess";

    private final Jvm jvm;
    private final Map<String, String> environment;
    private final Path scratch;

    /**
     * @param environment credentials of the streams and tables; empty for those of this process
     * @param scratch a folder for files that are worthless afterwards
     */
    public NoteProcess(Jvm jvm, Map<String, String> environment, Path scratch) {
        this.jvm = jvm;
        this.environment = environment;
        this.scratch = scratch;
    }

    /**
     * Runs a note; what is wrong with it the process says on standard error itself.
     *
     * @param places where streams and tables are: values of forms that the note may have
     * @param settings values of forms that the note must have
     * @param results takes each result when it is there
     * @return the status with which the process ended
     */
    public int run(
            Path note,
            Map<String, String> places,
            Map<String, String> settings,
            Duration most,
            Consumer<JsonNode> results)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Jvm.java(), "-Xmx768m", "-Xshare:auto"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
        command.addAll(List.of("-cp", jvm.classPath("local/notebooks"), MAIN));
        command.addAll(List.of("--note", note.toString(), "--scratch", scratch.toString()));
        command.addAll(List.of("--seconds", Long.toString(most.toSeconds())));
        places.forEach((name, value) -> command.addAll(List.of("--place", name + "=" + value)));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                results.accept(Json.parse(line));
            }
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }
}
