package io.sluice.local.command;

import io.sluice.contract.json.Json;
import io.sluice.local.command.prices.PriceDiff;
import io.sluice.local.command.prices.PriceFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice prices diff}: what changed between two price files. */
@Command(
        name = "diff",
        description =
                "Show what changed between two price files, by model, scope and day. Exits with 0"
                        + " if they say the same, with 1 if not.",
        mixinStandardHelpOptions = true)
final class DiffPricesCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "The price file of before.")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The price file of now.")
    private Path next = Path.of("");

    @Override
    public Integer call() throws FindingException {
        PriceDiff diff = PriceDiff.of(PriceFiles.book(old), PriceFiles.book(next));
        PrintWriter out = spec.commandLine().getOut();
        out.print(common.json() ? Json.text(diff.json()) + "\n" : diff.text());
        out.flush();
        return diff.isEmpty() ? 0 : 1;
    }
}
