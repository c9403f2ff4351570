package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.DeadLetterId;
import io.sluice.contract.json.Json;
import io.sluice.local.command.letters.LetterTables;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice dead-letters show}: one letter. */
@Command(
        name = "show",
        description = "Show a dead letter: why, when, whose, how often it was tried.",
        mixinStandardHelpOptions = true)
final class ShowLetterCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--record",
            description = "Also print the record, Base64; it may hold a tenant's prompt.")
    private boolean record;

    @Parameters(paramLabel = "ID", description = "The letter.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
        requireId(spec, id);
        JsonNode letter = LetterOptions.api(common).show(id, record);
        PrintWriter out = spec.commandLine().getOut();
        out.print(common.json() ? Json.text(letter) + "\n" : LetterTables.one(letter));
        out.flush();
        return 0;
    }

    static void requireId(CommandSpec spec, String id) {
        if (!DeadLetterId.isOne(id)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + id + "' is no id of a dead letter, expected dl_ and 26 characters");
        }
    }
}
