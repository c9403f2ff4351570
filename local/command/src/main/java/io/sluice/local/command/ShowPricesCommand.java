package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.PriceBook;
import io.sluice.contract.PriceList;
import io.sluice.contract.PriceRow;
import io.sluice.contract.json.Json;
import io.sluice.local.command.prices.PriceFiles;
import io.sluice.local.command.prices.PriceView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice prices show}: what is in force at a time. */
@Command(
        name = "show",
        description =
                "Show the prices in force, in USD per million tokens; of one model, by its id, an"
                        + " inference profile's id or an ARN, the row that applies. Exits with 1 if"
                        + " that model is unpriced.",
        mixinStandardHelpOptions = true)
final class ShowPricesCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Only what applies to it.")
    private @Nullable String model;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description = "A day, or a time such as 2026-11-26T10:00:00Z (default: now).")
    private @Nullable String at;

    @Option(
            names = "--prices",
            paramLabel = "prices.json",
            description = "The price file (default: the shipped one).")
    private @Nullable Path prices;

    @Override
    public Integer call() throws FindingException {
        Instant time = time();
        PriceBook book = PriceFiles.book(prices);
        PriceList list = book.at(time.toEpochMilli());
        Optional<PriceRow> row = model == null ? Optional.empty() : list.rowOf(model);
        List<PriceRow> rows = model == null ? list.rows() : row.map(List::of).orElse(List.of());
        boolean unpriced = model != null && row.isEmpty();
        PrintWriter out = spec.commandLine().getOut();
        if (common.json()) {
            ObjectNode view =
                    Json.object().put("version", book.version()).put("at", time.toString());
            if (model != null) {
                view.put("model", model).put("unpriced", unpriced);
            }
            view.set("prices", PriceView.json(rows));
            out.println(Json.text(view));
        } else if (unpriced) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "sluice: "
                                    + model
                                    + " is unpriced at "
                                    + time
                                    + " by "
                                    + book.version()
                                    + ": add a row for its model and scope, or for an application"
                                    + " inference profile what it stands for");
        } else {
            out.println("prices " + book.version() + " at " + time);
            out.print(PriceView.text(rows));
        }
        out.flush();
        return unpriced ? 1 : 0;
    }

    private Instant time() {
        if (at == null) {
            return Instant.now();
        }
        try {
            return at.length() > 10
                    ? Instant.parse(at)
                    : LocalDate.parse(at).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--at: seen '"
                            + at
                            + "', expected a day or a time such as 2026-11-26T10:00:00Z",
                    e);
        }
    }
}
