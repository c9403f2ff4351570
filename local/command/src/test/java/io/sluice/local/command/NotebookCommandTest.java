package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of notes: which there are, and what is said about wrong words. */
class NotebookCommandTest {
    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void thisBuild() {
        System.setProperty("sluice.home", Path.of("..", "..").toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty("sluice.home");
    }

    @Test
    void listTellsWhatEachNoteIsAbout() {
        assertThat(run("list")).isZero();
        assertThat(out.toString())
                .contains("  forecast        Month-end forecast\n")
                .contains("  spend           Spend by tenant and model\n");
        out.getBuffer().setLength(0);
        assertThat(run("list", "--json")).isZero();
        assertThat(Json.parse(out.toString()).at("/notes/0/name").asText())
                .isEqualTo("cache-savings");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(run("run", "spent", "--data-dir", folder.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "there is no note 'spent', expected one of cache-savings, decisions, forecast");
        assertThat(run("run", "spend", "--data-dir", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no system has used " + folder);
        assertThat(run("run", "spend", "--seconds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--seconds is 0; expected 1 to 86400");
        assertThat(run()).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine line = SluiceCommand.line();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "notebook";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return line.execute(all);
    }
}
