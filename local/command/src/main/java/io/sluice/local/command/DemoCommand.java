package io.sluice.local.command;

import io.sluice.local.command.demo.Demo;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice demo}: realistic traffic of the three demo tenants. */
@Command(
        name = "demo",
        description =
                "Send realistic traffic of the three demo tenants, then say what became of it.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rate",
            defaultValue = "10",
            description = "Requests a second over all tenants (default: ${DEFAULT-VALUE}).")
    private int requestsPerSecond;

    @Option(
            names = "--seed",
            description = "Makes the traffic repeatable (default: the time of day).")
    private @Nullable Long seed;

    @Override
    public Integer call() throws Exception {
        if (spec != null && (seconds < 1 || requestsPerSecond < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds and --rate must be at least 1");
        }
        Demo demo =
                new Demo(
                        common.endpoints(),
                        common.keys(),
                        seconds,
                        requestsPerSecond,
                        seed == null ? System.nanoTime() : seed);
        return demo.run().print(common.json()) ? 0 : 1;
    }
}
