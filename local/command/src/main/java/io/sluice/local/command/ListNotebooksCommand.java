package io.sluice.local.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.notebooks.NoteFiles;
import io.sluice.local.command.print.TextTable;
import io.sluice.local.command.process.Jvm;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice notebook list}: which notes there are. */
@Command(
        name = "list",
        description = "List the notes and what they are about.",
        mixinStandardHelpOptions = true)
final class ListNotebooksCommand implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Map<String, String> titles = new NoteFiles(Jvm.ofThisBuild().home()).titles();
        PrintWriter out = spec.commandLine().getOut();
        if (common.json()) {
            ArrayNode notes = Json.object().putArray("notes");
            titles.forEach(
                    (name, title) -> notes.addObject().put("name", name).put("title", title));
            out.println(Json.text(Json.object().set("notes", notes)));
        } else {
            TextTable table = TextTable.ofText();
            titles.forEach(table::row);
            out.print(table.text());
        }
        out.flush();
        return 0;
    }
}
