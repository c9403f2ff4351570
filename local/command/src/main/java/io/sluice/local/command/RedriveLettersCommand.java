package io.sluice.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.api.Reply;
import io.sluice.local.command.letters.LetterApi;
import io.sluice.local.command.print.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice dead-letters redrive}: sends letters in again, by id or all that are meant. */
@Command(
        name = "redrive",
        description = "Send dead letters in again, by id, or all open ones of a reason or tenant.",
        footer = {
            "",
            "A request is sent in under a new id, by its tenant's policy of now; a malformed",
            "record as it is, if it can be read now. Redriving again sends nothing twice.",
            "",
            "Exits with 0, with 1 if a letter could not be redriven, with 2 on wrong use. What could",
            "not be redriven stays open and is named, with why, to be redriven again."
        },
        mixinStandardHelpOptions = true)
final class RedriveLettersCommand implements Callable<Integer> {
    /** So many letters fit into a line that a person copies. */
    private static final int MOST_NAMED = 20;

    @Mixin private LetterOptions letters = new LetterOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The letters.")
    private List<String> ids = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        if (ids.isEmpty() != letters.any()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected ids, or else --reason, --tenant, --from or --to to say which");
        }
        ids.forEach(id -> ShowLetterCommand.requireId(spec, id));
        LetterApi api = letters.api();
        Set<String> meant = ids.isEmpty() ? open(api) : new LinkedHashSet<>(ids);
        List<ObjectNode> ends = redriveAll(api, meant);
        List<String> failed = new ArrayList<>();
        for (ObjectNode end : ends) {
            if (end.has("problem")) {
                failed.add(end.path("id").asText());
            }
        }
        print(ends, failed.size());
        if (!failed.isEmpty()) {
            sayWhatIsLeft(failed, ends.size());
        }
        return failed.isEmpty() ? 0 : 1;
    }

    /** One after the other; when the API does not answer, the rest is not tried. */
    private List<ObjectNode> redriveAll(LetterApi api, Set<String> meant)
            throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        List<ObjectNode> ends = new ArrayList<>();
        String silence = null;
        for (String id : meant) {
            ObjectNode end = Json.object().put("id", id);
            try {
                end = silence == null ? redrive(api, id) : end.put("problem", "not tried");
            } catch (IOException e) {
                silence = "the API does not answer: " + e;
                end.put("problem", silence);
            }
            ends.add(end);
            err.println(ends.size() + " of " + meant.size() + ": " + id);
            err.flush();
        }
        return ends;
    }

    /** Which letters to redrive again; of many, that the same command finds them. */
    private void sayWhatIsLeft(List<String> failed, int all) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(
                failed.size() + " of " + all + " letters could not be redriven. Do it again by");
        err.println(
                failed.size() > MOST_NAMED
                        ? "  the same command: what was redriven is not sent in twice"
                        : "  sluice dead-letters redrive " + String.join(" ", failed));
        err.flush();
    }

    /** All open letters that are meant, found before the first is redriven. */
    private Set<String> open(LetterApi api)
            throws IOException, InterruptedException, FindingException {
        Map<String, String> conditions = new TreeMap<>(letters.conditions());
        conditions.put("status", "open");
        Set<String> found = new LinkedHashSet<>();
        api.list(conditions, Integer.MAX_VALUE)
                .forEach(letter -> found.add(letter.path("id").asText()));
        return found;
    }

    private static ObjectNode redrive(LetterApi api, String id)
            throws IOException, InterruptedException {
        Reply reply = api.redrive(id);
        JsonNode body = reply.body();
        ObjectNode end = Json.object().put("id", id);
        return reply.successful()
                ? end.put("redriven_as", body.path("redriven_as").asText())
                        .put("repeated", body.path("repeated").asBoolean())
                : end.put("problem", reply.problem());
    }

    private void print(List<ObjectNode> ends, int failed) {
        PrintWriter out = spec.commandLine().getOut();
        if (letters.json()) {
            ObjectNode view =
                    Json.object().put("redriven", ends.size() - failed).put("failed", failed);
            ArrayNode list = view.putArray("dead_letters");
            ends.forEach(list::add);
            out.println(Json.text(view));
        } else if (ends.isEmpty()) {
            spec.commandLine().getErr().println("no open dead letters are meant");
        } else {
            TextTable table = TextTable.ofText().row("id", "redriven as", "");
            for (ObjectNode end : ends) {
                table.row(
                        end.path("id").asText(),
                        end.path("redriven_as").asText("-"),
                        end.has("problem")
                                ? end.path("problem").asText()
                                : end.path("repeated").asBoolean() ? "was redriven before" : "");
            }
            out.print(table.text());
        }
        out.flush();
    }
}
