package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.policy.PolicyDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceRunTest {
    private static final String GOOD =
            "{\"at\":1790000000000,\"tenant\":\"acme\",\"model\":\"test.small\","
                    + "\"input_tokens\":1,\"output_tokens\":0}\n";
    private static final String BAD = "{\"at\":1}\n";
    private static final String UNKNOWN_MODEL = GOOD.replace("small", "unknown");

    private final List<String> said = new ArrayList<>();

    @Test
    void badLineStopsTheRun() throws IOException {
        assertThat(run(GOOD + "\n" + BAD + GOOD, false)).isEmpty();
        assertThat(said).containsExactly("3: tenant: missing");
    }

    @Test
    void badLinesAreSkippedAndCountedWhereThatIsWanted() throws IOException {
        String huge = "x".repeat(TraceReader.MOST_LINE_BYTES + 1) + "\n";
        SimulationReport report =
                run(GOOD + BAD + huge + UNKNOWN_MODEL + GOOD + "half a line", true).orElseThrow();
        assertThat(report.badLines()).isEqualTo(4);
        assertThat(report.overall().requests()).isEqualTo(2);
        assertThat(said)
                .extracting(line -> line.substring(0, 2))
                .containsExactly("2:", "3:", "4:", "6:", "6 ");
    }

    @Test
    void lastLineMayBeBad() throws IOException {
        assertThat(run(GOOD + BAD, true).orElseThrow().badLines()).isEqualTo(1);
    }

    @Test
    void emptyTraceHasAnEmptyReport() throws IOException {
        SimulationReport report = run("", false).orElseThrow();
        assertThat(report.overall().requests()).isZero();
        assertThat(report.tenants()).isEmpty();
        assertThat(report.badLines()).isZero();
        assertThat(said).containsExactly("0 lines");
    }

    private Optional<SimulationReport> run(String text, boolean skipBad) throws IOException {
        Simulation simulation = new Simulation(PolicyDocument.shipped(Trace.PRICES), Trace.PRICES);
        TraceRun.Listener listener =
                new TraceRun.Listener() {
                    @Override
                    public boolean skips(long lineNumber, String why) {
                        said.add(lineNumber + ": " + why);
                        return skipBad;
                    }

                    @Override
                    public void read(long lines, boolean all) {
                        said.add(lines + " lines");
                    }
                };
        return new TraceRun(simulation, listener)
                .of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
