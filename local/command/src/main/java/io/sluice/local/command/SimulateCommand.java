package io.sluice.local.command;

import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.local.command.prices.PriceFiles;
import io.sluice.local.command.print.Progress;
import io.sluice.local.command.simulate.SimulationInputs;
import io.sluice.local.command.simulate.SimulationView;
import io.sluice.pipeline.replay.Simulation;
import io.sluice.pipeline.replay.SimulationReport;
import io.sluice.pipeline.replay.TraceRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice simulate}: what a policy would have decided about a trace. */
@Command(
        name = "simulate",
        description =
                "Run the engine over a file of past requests: what would a policy have admitted,"
                        + " refused and cost? Starts nothing and calls no model.",
        footer = {
            "",
            "A trace has one JSON object a line, in the order in which requests came:",
            "  at             epoch milliseconds, or an RFC 3339 time",
            "  tenant         tenant id; the default tier's if the policy has no entry",
            "  model          a model of the policy or the price book, or an alias",
            "  input_tokens   tokens used, and held before",
            "  output_tokens  tokens used",
            "  max_tokens     output tokens held; output_tokens if it is left out",
            "  latency_ms     from the request to the end of its call; 0 if left out",
            "  prompt_hash    equal for equal prompts; if it is left out, the answer is",
            "                 not cached and nobody waits for it",
            "  endpoint       changes no decision; may be left out",
            "  priority       high, normal or low; changes no decision; may be left out",
            "",
            "A line earlier than its tenant's newest counts at that newest time. Blank",
            "lines are skipped. Calls of more than a day are settled like calls that",
            "overran their deadline: late, but in full.",
            "",
            "Exits with 0, with 1 if a line or a file cannot be used, with 2 on wrong use."
        },
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--trace",
            required = true,
            paramLabel = "FILE.jsonl",
            description = "The requests, one JSON object a line.")
    private Path trace = Path.of("");

    @Option(
            names = "--policy",
            paramLabel = "policy.yaml",
            description = "The policy, over the shipped one (default: the shipped one).")
    private @Nullable Path policy;

    @Option(
            names = "--prices",
            paramLabel = "prices.json",
            description = "The price file, see 'sluice prices' (default: the shipped one).")
    private @Nullable Path prices;

    @Option(
            names = "--skip-bad",
            description = "Report and count lines that cannot be used instead of stopping.")
    private boolean skipBad;

    @Override
    public Integer call() throws FindingException {
        PriceBook book = PriceFiles.book(prices);
        PolicyDocument document = SimulationInputs.policy(policy, book);
        Optional<SimulationReport> report = run(new Simulation(document, book));
        if (report.isEmpty()) {
            return 1;
        }
        SimulationView view = new SimulationView(report.get());
        PrintWriter out = spec.commandLine().getOut();
        out.print(common.json() ? Json.text(view.json()) + "\n" : view.text());
        out.flush();
        return 0;
    }

    private Optional<SimulationReport> run(Simulation simulation) throws FindingException {
        try (InputStream lines = SimulationInputs.trace(trace)) {
            return new TraceRun(simulation, new Watch()).of(lines);
        } catch (IOException e) {
            throw SimulationInputs.unreadable("trace", trace, e);
        }
    }

    /** Tells a person of bad lines and of how far it is. */
    private final class Watch implements TraceRun.Listener {
        private final PrintWriter err = spec.commandLine().getErr();
        private final Progress progress = new Progress(System.err, System::nanoTime);

        @Override
        public boolean skips(long lineNumber, String why) {
            err.println("sluice: line " + lineNumber + " of " + trace + ": " + why);
            if (!skipBad) {
                err.println(
                        "sluice: stopped there. Correct the line, or leave such lines out with"
                                + " --skip-bad.");
            }
            err.flush();
            return skipBad;
        }

        @Override
        public void read(long lines, boolean all) {
            progress.step(lines + (all ? " lines, that is all" : " lines"));
        }
    }
}
