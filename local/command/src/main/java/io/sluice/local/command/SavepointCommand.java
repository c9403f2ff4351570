package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.status.FlinkRest;
import io.sluice.local.command.status.SavepointTime;
import io.sluice.local.command.status.Snapshots;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice savepoint}: the job's state in one directory, to go on from after an upgrade. */
@Command(
        name = "savepoint",
        description = "Write the running job's state into a savepoint and print its directory.",
        mixinStandardHelpOptions = true)
final class SavepointCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Directory below which it is written (default: in the data folder).")
    private @Nullable Path target;

    @Option(
            names = "--stop",
            description = "Stop the job with it, so that nothing comes after it, and the system.")
    private boolean stop;

    @Override
    public Integer call() throws Exception {
        Progress progress = new Progress(System.err, System::nanoTime);
        RunningSystem system = RunningSystem.of(common.folder());
        if (target != null) {
            Files.createDirectories(target);
        }
        FlinkRest flink = new FlinkRest(SluiceApi.client(), common.endpoints().flink());
        String job = runningJob(flink);
        progress.step("job " + job + (stop ? " stops with a savepoint" : " takes a savepoint"));
        Path directory = new Snapshots(flink).savepoint(job, target, stop);
        progress.step("savepoint is complete");
        noteTime(directory);
        print(directory); // before anything else can fail: it is there and goes on being there
        if (stop) {
            system.stop();
        }
        return 0;
    }

    private void noteTime(Path directory) {
        try {
            SavepointTime.note(directory, Clock.systemUTC().instant());
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "its time could not be noted, so a copy will look as old as its files: "
                                    + e);
        }
    }

    /** The directory, and whether the job stopped with it. */
    private void print(Path directory) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                common.json()
                        ? Json.text(
                                Json.object()
                                        .put("savepoint", directory.toString())
                                        .put("stopped", stop))
                        : directory.toString());
        out.flush();
    }

    private static String runningJob(FlinkRest flink)
            throws IOException, InterruptedException, FindingException {
        Optional<JsonNode> job = flink.job();
        String state = job.map(j -> j.path("state").asText()).orElse("not there");
        if (job.isEmpty() || !state.equals("RUNNING")) {
            throw new FindingException(
                    "the job is "
                            + state
                            + ": a savepoint needs a running one; see 'sluice status'");
        }
        return job.get().path("jid").asText();
    }
}
