package io.sluice.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of a simulation: files in, figures out, exit status. */
class SimulateCommandTest {
    /** Nova Micro costs 0.035 and 0.14 USD per million tokens: 35,000 and 140,000 pico-USD each. */
    private static final String LINE =
            "{\"at\":%d,\"tenant\":\"%s\",\"model\":\"amazon.nova-micro-v1:0\","
                    + "\"input_tokens\":1000,\"output_tokens\":100%s}\n";

    private static final String POLICY =
            "tenants:\n  acme: {requests_per_minute: 2}\n  other: {tier: business}\n";

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void reportIsOneJsonObjectWithSortedKeys() throws IOException {
        Path trace =
                file(
                        "trace.jsonl",
                        line(0, "acme", ",\"prompt_hash\":\"h\",\"latency_ms\":10"),
                        line(5, "acme", ",\"prompt_hash\":\"h\""),
                        line(10, "acme", ",\"prompt_hash\":\"h\""),
                        line(11, "other", ""));
        int status = run("--trace", trace, "--policy", file("policy.yaml", POLICY), "--json");
        // acme: called (1,000 * 35,000 + 100 * 140,000 = 49 * 10^6 pico-USD), coalesced, refused.
        // other: called.
        assertThat(out.toString())
                .isEqualTo(
                        """
                        {"admitted":3,"bad_lines":0,"cache_hits":0,"coalesced":1,
                        "cost_usd":"0.000098","downgraded":0,"input_tokens":2000,
                        "max_admitted_in_any_60s":{"acme":2,"other":1},"output_tokens":200,
                        "rejected":{"requests-per-minute":1},"requests":4,"shadowed":{},
                        "tenants":{
                        "acme":{"admitted":2,"cache_hits":0,"coalesced":1,
                        "cost_usd":"0.000049","downgraded":0,"input_tokens":1000,
                        "max_admitted_in_any_60s":2,"output_tokens":100,
                        "rejected":{"requests-per-minute":1},"requests":3,"shadowed":{},
                        "unpriced":0,"warned":{}},
                        "other":{"admitted":1,"cache_hits":0,"coalesced":0,
                        "cost_usd":"0.000049","downgraded":0,"input_tokens":1000,
                        "max_admitted_in_any_60s":1,"output_tokens":100,"rejected":{},
                        "requests":1,"shadowed":{},"unpriced":0,"warned":{}}},
                        "unpriced":0,"warned":{}}
                        """
                                        .replace("\n", "")
                                + "\n");
        assertThat(status).isZero();
    }

    @Test
    void tableIsForPeople() throws IOException {
        Path trace =
                file("trace.jsonl", line(0, "acme", ""), line(0, "acme", ""), line(0, "acme", ""));
        assertThat(run("--trace", trace, "--policy", file("policy.yaml", POLICY))).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        """
                          tenant   requests   admitted   cache hits   coalesced   rejected   input tokens   output tokens   cost USD   most in 60 s
                          acme            3          2            0           0          1           2000             200   0.000098              2
                          (all)           3          2            0           0          1           2000             200   0.000098

                          rejected: requests-per-minute   1
                        """);
    }

    @Test
    void shippedPolicyAndPricesAreTheDefault() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add(line(i, "acme", ""));
        }
        assertThat(run("--trace", file("trace.jsonl", lines.toArray(String[]::new)), "--json"))
                .isZero();
        assertThat(json().path("admitted").asInt()).isEqualTo(10);
    }

    @Test
    void pricesOfAFileCount() throws IOException {
        Path prices =
                file(
                        "prices.json",
                        "{\"version\":\"mine\",\"prices\":[{\"model\":\"amazon.nova-micro-v1:0\","
                                + "\"scopes\":[\"base\"],\"input\":\"1000\",\"output\":\"0\"}]}");
        run("--trace", file("t", line(0, "acme", "")), "--prices", prices, "--json");
        assertThat(json().path("cost_usd").asText()).isEqualTo("1");
    }

    @Test
    void emptyTraceIsNoFailure() throws IOException {
        assertThat(run("--trace", file("t", ""), "--json")).isZero();
        assertThat(json().path("requests").asInt()).isZero();
        assertThat(json().path("cost_usd").asText()).isEqualTo("0");
    }

    @Test
    void badLineIsNamedAndStopsTheRunWithoutAReport() throws IOException {
        Path trace = file("trace.jsonl", line(0, "acme", ""), "\n", "{\"at\":-1}\n", "{}\n");
        assertThat(run("--trace", trace, "--json")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("line 3 of " + trace + ": at: seen -1, expected")
                .contains("--skip-bad")
                .doesNotContain("line 4");
    }

    @Test
    void badLinesAreNamedAndCountedWhereTheyAreToBeSkipped() throws IOException {
        Path trace =
                file("t", line(0, "acme", ""), "nonsense\n", line(0, "acme", ",\"x\":1"), "{}\n");
        assertThat(run("--trace", trace, "--skip-bad", "--json")).isZero();
        assertThat(json().path("bad_lines").asInt()).isEqualTo(3);
        assertThat(json().path("requests").asInt()).isEqualTo(1);
        assertThat(err.toString())
                .contains("line 2 of", "line 3 of", "unknown field 'x'", "line 4");
    }

    @Test
    void policyThatCannotBeUsedIsAFinding() throws IOException {
        Path trace = file("t", line(0, "acme", ""));
        Path limit = file("limit.yaml", "tenants:\n  acme: {requests_per_minute: -5}\n");
        assertThat(run("--trace", trace, "--policy", limit)).isEqualTo(1);
        assertThat(err.toString())
                .contains("the policy " + limit, "tenants.acme.requests_per_minute", "-5");
        assertThat(run("--trace", trace, "--policy", file("broken.yaml", "tiers: [\n")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("not YAML");
        assertThat(run("--trace", trace, "--policy", folder.resolve("none.yaml"))).isEqualTo(1);
        assertThat(err.toString()).contains("none.yaml: there is no such file");
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, new byte[] {'#', ' ', (byte) 0xE4, '\n'});
        assertThat(run("--trace", trace, "--policy", latin)).isEqualTo(1);
        assertThat(err.toString()).contains("latin.yaml: it is not UTF-8 text");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void pricesThatCannotBeUsedAreAFinding() throws IOException {
        Path trace = file("t", line(0, "acme", ""));
        String start =
                "{\"version\":\"v\",\"prices\":[{\"model\":\"m\",\"scopes\":[\"base\"],"
                        + "\"output\":\"1\",\"input\":";
        assertThat(run("--trace", trace, "--prices", file("a", start + "\"1e-9\"}]}")))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("the price file " + folder.resolve("a"))
                .contains("prices[0].input: seen '1e-9'");
        Path old = file("b", "{\"version\":\"v\",\"models\":{\"m\":{\"input\":\"1\"}}}");
        assertThat(run("--trace", trace, "--prices", old)).isEqualTo(1);
        assertThat(err.toString()).contains("models: seen the format of before");
        assertThat(run("--trace", trace, "--prices", file("c", "{"))).isEqualTo(1);
        assertThat(err.toString()).contains("not JSON");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void traceThatCannotBeReadIsAFailure() {
        assertThat(run("--trace", folder.resolve("none.jsonl"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("cannot read the trace " + folder.resolve("none.jsonl"), "no such file");
        assertThat(run("--trace", folder)).isEqualTo(1);
        assertThat(err.toString()).contains("cannot read the trace " + folder + ":");
    }

    @Test
    void wrongUseExitsWithTwo() throws IOException {
        assertThat(run("--json")).isEqualTo(2);
        assertThat(err.toString()).contains("--trace");
        assertThat(run("--trace", file("t", ""), "--nonsense")).isEqualTo(2);
        assertThat(run("--trace", file("t", ""), "more")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpDescribesATrace() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "at ",
                        "tenant",
                        "model",
                        "input_tokens",
                        "output_tokens",
                        "max_tokens",
                        "latency_ms",
                        "prompt_hash",
                        "endpoint",
                        "priority");
    }

    private static String line(long atMillis, String tenant, String more) {
        return LINE.formatted(1_790_000_000_000L + atMillis, tenant, more);
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("", lines));
    }

    private JsonNode json() {
        return Json.parse(out.toString());
    }

    private int run(Object... arguments) {
        CommandLine line = SluiceCommand.line();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        String[] all = new String[words.length + 1];
        all[0] = "simulate";
        System.arraycopy(words, 0, all, 1, words.length);
        return line.execute(all);
    }
}
