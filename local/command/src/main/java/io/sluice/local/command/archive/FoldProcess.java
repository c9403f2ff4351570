package io.sluice.local.command.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.process.ClassArchive;
import io.sluice.local.command.process.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folds a history in a process of its own, which has Flink. It ends with this process. */
public final class FoldProcess {
    private static final String MAIN = "io.sluice.local.replay.ReplayProcess";

    private final Jvm jvm;

    /** Of that build. */
    public FoldProcess(Jvm jvm) {
        this.jvm = jvm;
    }

    /**
     * Runs it; what is wrong the process says on standard error itself.
     *
     * @return what came of it; empty if it failed
     */
    public Optional<JsonNode> run(List<String> arguments) throws IOException, InterruptedException {
        String classPath = jvm.classPath("local/replay");
        ClassArchive classes = jvm.classArchive("replay", classPath);
        List<String> command = new ArrayList<>(List.of(Jvm.java(), "-Xmx1g", "-XX:+UseParallelGC"));
        command.addAll(classes.flags());
        command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
        command.addAll(List.of("-cp", classPath, MAIN));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            return Optional.empty();
        }
        classes.keep();
        return Optional.of(Json.parse(printed));
    }
}
