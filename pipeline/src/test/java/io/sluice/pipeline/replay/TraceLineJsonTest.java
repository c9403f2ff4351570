package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Priority;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceLineJsonTest {
    private static final String LEAST =
            "'at':7,'tenant':'acme','model':'m','input_tokens':1,'output_tokens':2";

    @Test
    void onlyFiveFieldsAreRequired() throws Exception {
        TraceLine line = read(LEAST);
        assertThat(line.atMillis()).isEqualTo(7);
        assertThat(line.tenantId()).isEqualTo("acme");
        assertThat(line.model()).isEqualTo("m");
        assertThat(line.inputTokens()).isEqualTo(1);
        assertThat(line.outputTokens()).isEqualTo(2);
        assertThat(line.maxTokens()).isEqualTo(2);
        assertThat(line.latencyMillis()).isZero();
        assertThat(line.promptHash()).isNull();
        assertThat(line.endpoint()).isEqualTo("default");
        assertThat(line.priority()).isEqualTo(Priority.NORMAL);
    }

    @Test
    void allFieldsAreRead() throws Exception {
        TraceLine line =
                read(
                        LEAST
                                + ",'max_tokens':0,'latency_ms':9,'prompt_hash':'h',"
                                + "'endpoint':'/v1/chat','priority':'low'");
        assertThat(line.maxTokens()).isZero();
        assertThat(line.latencyMillis()).isEqualTo(9);
        assertThat(line.promptHash()).isEqualTo("h");
        assertThat(line.endpoint()).isEqualTo("/v1/chat");
        assertThat(line.priority()).isEqualTo(Priority.LOW);
    }

    @Test
    void optionalFieldMayBeNull() throws Exception {
        TraceLine line =
                read(
                        LEAST
                                + ",'max_tokens':null,'latency_ms':null,'prompt_hash':null,"
                                + "'endpoint':null,'priority':null");
        assertThat(line.maxTokens()).isEqualTo(2);
        assertThat(line.promptHash()).isNull();
    }

    @Test
    void timeIsANumberOrAText() throws Exception {
        assertThat(read(LEAST.replace("7", "'1970-01-01T00:00:01Z'")).atMillis()).isEqualTo(1_000);
        assertThat(read(LEAST.replace("7", "1.79e12")).atMillis()).isEqualTo(1_790_000_000_000L);
        assertThat(read(LEAST.replace("7", "8.0")).atMillis()).isEqualTo(8);
        assertThat(read(LEAST.replace("7", "0e999999999")).atMillis()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'at':7|'at':-1|at: seen -1, expected epoch milliseconds or an RFC 3339 time",
                "'at':7|'at':7.5|at: seen 7.5",
                "'at':7|'at':253402300800000|at: seen 253402300800000",
                "'at':7|'at':99999999999999999999|at: seen 99999999999999999999",
                "'at':7|'at':1e999999999|at: seen",
                "'at':7|'at':1e-999999999|at: seen",
                "'at':7|'at':true|at: seen true",
                "'at':7|'at':'yesterday'|at: seen \"yesterday\"",
                "'at':7|'at':'1969-12-31T23:59:59Z'|at: seen",
                "'at':7|'at':null|at: missing",
                "'at':7,||at: missing",
                "'acme'|'Acme'|tenant: seen \"Acme\", expected a tenant id that matches",
                "'acme'|''|tenant: seen \"\"",
                "'acme'|7|tenant: seen 7, expected a string",
                "'model':'m'|'model':''|model: seen \"\"",
                "'model':'m'|'model':['m']|model: seen [\"m\"]",
                "'model':'m',||model: missing",
                "'input_tokens':1|'input_tokens':-1|input_tokens: seen -1, expected a whole number",
                "'input_tokens':1|'input_tokens':1.5|input_tokens: seen 1.5",
                "'input_tokens':1|'input_tokens':'1'|input_tokens: seen \"1\"",
                "'input_tokens':1|'input_tokens':1000000000001|input_tokens: seen 1000000000001",
                "'input_tokens':1|'input_tokens':9223372036854775808|input_tokens: seen 92233720368",
                "'output_tokens':2|'output_tokens':-2|output_tokens: seen -2",
                "'output_tokens':2|'output_tokens':{}|output_tokens: seen {}",
                "'output_tokens':2|'output_tokens':2,'max_tokens':-1|max_tokens: seen -1",
                "'output_tokens':2|'output_tokens':2,'latency_ms':-1|latency_ms: seen -1",
                "'output_tokens':2|'output_tokens':2,'latency_ms':2592000001|latency_ms: seen 2592",
                "'output_tokens':2|'output_tokens':2,'prompt_hash':''|prompt_hash: seen \"\"",
                "'output_tokens':2|'output_tokens':2,'prompt_hash':7|prompt_hash: seen 7",
                "'output_tokens':2|'output_tokens':2,'endpoint':[]|endpoint: seen []",
                "'output_tokens':2|'output_tokens':2,'priority':'urgent'|priority: seen \"urgent\"",
                "'output_tokens':2|'output_tokens':2,'outputs':2|unknown field 'outputs'",
                "'output_tokens':2|'output_tokens':2,'at':7|Duplicate field 'at'"
            })
    void messageSaysWhatWasSeenAndExpected(String good, String bad, String message) {
        String line = LEAST.replace(good, bad == null ? "" : bad);
        assertThat(line).isNotEqualTo(LEAST);
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(BadTraceLineException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}}",
                "{}{}",
                "[]",
                "7",
                "null",
                "\"\"",
                "{'at':7}",
                "at=7",
                "{\"at\":NaN}"
            })
    void whatIsNoObjectOfALineIsRefused(String text) {
        assertThatThrownBy(() -> TraceLineJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadTraceLineException.class);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] line = ("{" + LEAST + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        line[line.length / 2] = (byte) 0xFF;
        assertThatThrownBy(() -> TraceLineJson.read(line))
                .isInstanceOf(BadTraceLineException.class);
    }

    @Test
    void messageNamesTheColumnAndNeverSteersATerminal() {
        assertThatThrownBy(() -> read(LEAST + "x"))
                .hasMessageStartingWith("not JSON at column ")
                .hasMessageNotContaining("line 1");
        assertThatThrownBy(() -> read(LEAST + ",'\\u001b[31m':1"))
                .hasMessageStartingWith("unknown field '?[31m'");
    }

    private static TraceLine read(String fields) throws BadTraceLineException {
        String line = "{" + fields.replace('\'', '"') + "}";
        return TraceLineJson.read(line.getBytes(StandardCharsets.UTF_8));
    }
}
