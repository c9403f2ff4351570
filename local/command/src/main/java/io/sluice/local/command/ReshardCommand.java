package io.sluice.local.command;

import io.sluice.contract.WritePause;
import io.sluice.contract.json.Json;
import io.sluice.local.command.api.SluiceApi;
import io.sluice.local.command.data.Endpoints;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.reshard.Resharding;
import io.sluice.local.command.status.FlinkRest;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice reshard}: another number of shards of the events stream, while it runs. */
@Command(
        name = "reshard",
        description =
                "Split or merge the shards of the events stream while the system runs. Submitting"
                        + " answers 503 meanwhile, for a bounded time; reading goes on.",
        mixinStandardHelpOptions = true)
final class ReshardCommand implements Callable<Integer> {
    private static final int MOST_SHARDS = 1_000;
    private static final int LEAST_PAUSE_SECONDS = 5;

    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--shards", required = true, description = "How many shards, 1 to 1000.")
    private int shards;

    @Option(
            names = "--pause-at-most",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long writes may pause, 5 to 120; what is not done by then goes on without"
                            + " a pause (default: ${DEFAULT-VALUE}).")
    private int pauseSeconds;

    @Option(
            names = "--external-aws",
            description = "The system uses the AWS that the SDK's standard settings name.")
    private boolean externalAws;

    @Override
    public Integer call() throws Exception {
        requireRange("--shards", shards, 1, MOST_SHARDS);
        requireRange(
                "--pause-at-most",
                pauseSeconds,
                LEAST_PAUSE_SECONDS,
                (int) (WritePause.MOST_MILLIS / 1_000));
        RunningSystem.of(common.folder());
        Endpoints endpoints = common.endpoints();
        Progress progress = new Progress(System.err, System::nanoTime);
        try (AwsClients clients =
                externalAws
                        ? AwsClients.external()
                        : AwsClients.embedded(endpoints.kinesis(), endpoints.dynamodb())) {
            int before =
                    new Resharding(
                                    clients,
                                    new FlinkRest(SluiceApi.client(), endpoints.flink()),
                                    progress)
                            .to(shards, Duration.ofSeconds(pauseSeconds));
            System.out.println(
                    common.json()
                            ? Json.text(
                                    Json.object()
                                            .put("shards_before", before)
                                            .put("shards", shards)
                                            .put("millis", progress.elapsedMillis()))
                            : before + " shards became " + shards);
        }
        return 0;
    }

    private void requireRange(String option, int value, int least, int most) {
        if (spec != null && (value < least || value > most)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " is " + value + "; expected " + least + " to " + most);
        }
    }
}
