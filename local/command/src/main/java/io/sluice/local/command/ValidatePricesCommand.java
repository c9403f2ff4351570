package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.PriceBook;
import io.sluice.contract.PriceRow;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.local.command.prices.PriceFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice prices validate}: whether a price file can be used. */
@Command(
        name = "validate",
        description =
                "Check a price file and print everything that is wrong with it. Exits with 1 if"
                        + " anything is.",
        mixinStandardHelpOptions = true)
final class ValidatePricesCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The price file.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws FindingException {
        try {
            valid(PriceFiles.read(file));
            return 0;
        } catch (MalformedJsonException e) {
            findings(String.valueOf(e.getMessage()).lines().toList());
            return 1;
        }
    }

    private void valid(PriceBook book) {
        long models = book.rows().stream().map(PriceRow::modelId).distinct().count();
        if (common.json()) {
            print(
                    view(List.of())
                            .put("version", book.version())
                            .put("rows", book.rows().size())
                            .put("models", models)
                            .put("application_profiles", book.applicationProfiles().size()));
        } else {
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    file
                            + " can be used: version "
                            + book.version()
                            + ", "
                            + book.rows().size()
                            + " rows for "
                            + models
                            + " models, "
                            + book.applicationProfiles().size()
                            + " application inference profiles");
            out.flush();
        }
    }

    private void findings(List<String> findings) {
        if (common.json()) {
            print(view(findings));
        } else {
            PrintWriter err = spec.commandLine().getErr();
            err.println("sluice: the price file " + file + " cannot be used:");
            findings.forEach(err::println);
            err.flush();
        }
    }

    private static ObjectNode view(List<String> findings) {
        ObjectNode view = Json.object().put("valid", findings.isEmpty());
        findings.forEach(view.putArray("findings")::add);
        return view;
    }

    private void print(ObjectNode view) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Json.text(view));
        out.flush();
    }
}
