package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.letters.LetterTables;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice dead-letters list}: letters, newest first. */
@Command(
        name = "list",
        description = "List dead letters, newest first.",
        mixinStandardHelpOptions = true)
final class ListLettersCommand implements Callable<Integer> {
    @Mixin private LetterOptions letters = new LetterOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--open", description = "Only those that were not redriven.")
    private boolean open;

    @Option(
            names = "--limit",
            defaultValue = "20",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be at least 1");
        }
        Map<String, String> conditions = new TreeMap<>(letters.conditions());
        if (open) {
            conditions.put("status", "open");
        }
        List<JsonNode> found = letters.api().list(conditions, limit);
        PrintWriter out = spec.commandLine().getOut();
        if (letters.json()) {
            ObjectNode view = Json.object();
            ArrayNode list = view.putArray("dead_letters");
            found.forEach(list::add);
            out.println(Json.text(view));
        } else if (found.isEmpty()) {
            spec.commandLine().getErr().println("no dead letters");
        } else {
            out.print(LetterTables.list(found));
        }
        out.flush();
        return 0;
    }
}
