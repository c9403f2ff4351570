package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of price files: what is shown, what is found, exit status. */
class PricesCommandTest {
    private static final String OLD =
            """
            {"version": "old", "batch": "0.5", "service_tiers": {"flex": "0.5"}, "prices": [
              {"model": "m", "scopes": ["base", "geo"], "input": "3", "output": "15", "cache_write_5m": "3.75"},
              {"model": "m", "scopes": ["base"], "from": "2026-09-01", "input": "4", "output": "20",
               "long_context": [{"above_input_tokens": 200000, "input": "8", "output": "30"}]},
              {"model": "gone", "scopes": ["global"], "input": "1", "output": "1"}]}
            """;

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void showsWhatIsInForce() throws IOException {
        Path file = file("old.json", OLD);
        assertThat(run("show", "--prices", file, "--at", "2026-10-01")).isZero();
        assertThat(out.toString().replaceFirst("@[0-9a-f]{12}", "@hash"))
                .isEqualTo(
                        """
                        prices old@hash at 2026-10-01T00:00:00Z
                          model                         scopes   from                   input   output   cache read   write 5 min   write 1 h   others
                          gone                          global   always                 1       1        1            1             1           batch *0.5, flex *0.5
                          m                             base     2026-09-01T00:00:00Z   4       20       4            4             4           batch *0.5, flex *0.5
                            above 200000 input tokens                                   8       30       8            8             8
                          m                             geo      always                 3       15       3            3.75          3.75        batch *0.5, flex *0.5
                        """);
    }

    @Test
    void showsThePriceOfAModelAtATime() throws IOException {
        Path file = file("old.json", OLD);
        assertThat(run("show", "us.m", "--prices", file, "--json")).isZero();
        assertThat(json().path("unpriced").asBoolean(true)).isFalse();
        assertThat(json().at("/prices/0/input").asText()).isEqualTo("3");
        out.getBuffer().setLength(0);
        assertThat(run("show", "m", "--at", "2026-08-31T23:59:59Z", "--prices", file, "--json"))
                .isZero();
        assertThat(json().at("/prices/0/input").asText()).isEqualTo("3");
        assertThat(json().path("at").asText()).isEqualTo("2026-08-31T23:59:59Z");
    }

    @Test
    void modelWithoutAPriceIsAFinding() throws IOException {
        Path file = file("old.json", OLD);
        assertThat(run("show", "us.gone", "--prices", file)).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("us.gone is unpriced at", "by old@");
        assertThat(run("show", "us.gone", "--prices", file, "--json")).isEqualTo(1);
        assertThat(json().path("unpriced").asBoolean()).isTrue();
        assertThat(json().path("prices")).isEmpty();
    }

    @Test
    void shippedPricesAreTheDefault() {
        assertThat(run("show", "global.anthropic.claude-sonnet-4-6")).isZero();
        assertThat(out.toString()).contains("above 200000 input tokens", "22.5", "priority *1.75");
    }

    @Test
    void validatesAFile() throws IOException {
        Path file = file("old.json", OLD);
        assertThat(run("validate", file)).isZero();
        assertThat(out.toString())
                .matches(
                        "(?s)\\Q"
                                + file
                                + "\\E can be used: version old@[0-9a-f]{12}, 3 rows for 2 models, 0"
                                + " application inference profiles\n");
    }

    @Test
    void saysEverythingThatIsWrong() throws IOException {
        Path file = file("bad.json", OLD.replace("\"15\"", "15").replace("global", "moon"));
        assertThat(run("validate", file)).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("the price file " + file + " cannot be used:")
                .contains("prices[0].output: seen 15, expected USD per million tokens as a string")
                .contains("prices[2].scopes: seen [\"moon\"], expected");
        assertThat(run("validate", file, "--json")).isEqualTo(1);
        assertThat(json().path("valid").asBoolean(true)).isFalse();
        assertThat(json().path("findings")).hasSize(2);
        assertThat(run("validate", folder.resolve("none"))).isEqualTo(1);
        assertThat(err.toString()).contains("none: there is no such file");
    }

    @Test
    void showsWhatChanged() throws IOException {
        Path old = file("old.json", OLD);
        Path next =
                file(
                        "new.json",
                        OLD.replace("\"3\"", "\"3.3\"")
                                .replace("\"30\"", "\"33\"")
                                .replace("gone", "come"));
        assertThat(run("diff", old, next)).isEqualTo(1);
        assertThat(out.toString().lines().skip(2))
                .containsExactly(
                        "added come in global from always: batch 0.5, cache_read 1, cache_write_1h"
                                + " 1, cache_write_5m 1, input 1, output 1, service_tiers.flex 0.5",
                        "removed gone in global from always: batch 0.5, cache_read 1,"
                                + " cache_write_1h 1, cache_write_5m 1, input 1, output 1,"
                                + " service_tiers.flex 0.5",
                        "changed m in base from 2026-09-01T00:00:00Z: long_context above"
                                + " 200000.output 30 -> 33 (+10.0 %)",
                        "changed m in base from always: cache_read 3 -> 3.3 (+10.0 %), input 3 ->"
                                + " 3.3 (+10.0 %)",
                        "changed m in geo from always: cache_read 3 -> 3.3 (+10.0 %), input 3 ->"
                                + " 3.3 (+10.0 %)");
        out.getBuffer().setLength(0);
        assertThat(run("diff", old, next, "--json")).isEqualTo(1);
        assertThat(json().path("changes")).hasSize(5);
        assertThat(json().at("/changes/4/prices/input/percent").asText()).isEqualTo("+10.0");
    }

    @Test
    void equalFilesDoNotDiffer() throws IOException {
        Path old = file("old.json", OLD);
        assertThat(run("diff", old, file("same.json", OLD.replace("\"3\"", "\"3.00\"")))).isZero();
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void wrongUseExitsWithTwo() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("expected show, validate or diff");
        assertThat(run("show", "--at", "yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("--at: seen 'yesterday'");
        assertThat(run("validate")).isEqualTo(2);
        assertThat(run("diff", file("old.json", OLD))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private JsonNode json() {
        return Json.parse(out.toString());
    }

    private int run(Object... arguments) {
        CommandLine line = SluiceCommand.line();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(
                Stream.concat(Stream.of("prices"), Arrays.stream(arguments).map(String::valueOf))
                        .toArray(String[]::new));
    }
}
