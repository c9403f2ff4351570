package io.sluice.pipeline.enforce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterId;
import io.sluice.contract.json.EventJson;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies on the stream becomes one event or one dead letter. */
class ParseEventFunctionTest {
    private static final byte[] VALID =
            EventJson.write(Facts.event(Facts.request("r1", Facts.NOON).build()));

    /** What came out of one record. */
    private record Parsed(List<LogRecord> events, List<DeadLetter> letters) {}

    static List<byte[]> hostile() {
        String valid = new String(VALID, UTF_8);
        return List.of(
                new byte[0],
                new byte[] {0},
                new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                "null".getBytes(UTF_8),
                "[]".getBytes(UTF_8),
                "{}".getBytes(UTF_8),
                "1e999999999".getBytes(UTF_8),
                "\"text\"".getBytes(UTF_8),
                "NaN".getBytes(UTF_8),
                "[".repeat(100_000).getBytes(UTF_8),
                "{\"a\":".repeat(100_000).getBytes(UTF_8),
                "a".repeat(600_000).getBytes(UTF_8),
                ("{\"type\":" + "9".repeat(5_000) + "}").getBytes(UTF_8),
                valid.substring(0, valid.length() - 1).getBytes(UTF_8),
                (valid + "x").getBytes(UTF_8),
                (valid + valid).getBytes(UTF_8),
                valid.replace("acme", "someone-else").getBytes(UTF_8),
                valid.replace("acme", "").getBytes(UTF_8),
                valid.replace("\"request\"", "\"unheard-of\"").getBytes(UTF_8),
                valid.replace("\"default\"", "\"sometimes\"").getBytes(UTF_8),
                valid.replace("" + Facts.NOON, "\"noon\"").getBytes(UTF_8),
                valid.replace("" + Facts.NOON, "1.5").getBytes(UTF_8),
                valid.replace("" + Facts.NOON, "9".repeat(30)).getBytes(UTF_8));
    }

    @Test
    void anEventGoesOnWithItsPlaceInTheLog() throws Exception {
        Parsed parsed = parse(VALID);
        assertThat(parsed.letters()).isEmpty();
        assertThat(parsed.events()).hasSize(1);
        assertThat(parsed.events().get(0).event().eventId()).isEqualTo("r1");
        assertThat(parsed.events().get(0).arrivedAtMillis()).isEqualTo(Facts.NOON);
        assertThat(parsed.events().get(0).sequenceNumber()).isEqualTo("42");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatIsNoEventIsADeadLetterWithAllThatWasSeen(byte[] data) throws Exception {
        Parsed parsed = parse(data);
        assertThat(parsed.events()).isEmpty();
        assertThat(parsed.letters()).hasSize(1);
        DeadLetter letter = parsed.letters().get(0);
        assertThat(letter.reason()).isEqualTo("malformed-event");
        assertThat(letter.detail()).isNotBlank().doesNotContain("null").hasSizeLessThan(1_000);
        assertThat(letter.stream()).isEqualTo("events");
        assertThat(letter.shardId()).isEqualTo("shardId-1");
        assertThat(letter.sequenceNumber()).isEqualTo("42");
        assertThat(letter.partitionKey()).isEqualTo("acme");
        assertThat(letter.arrivedAtMillis()).isEqualTo(Facts.NOON);
        assertThat(Base64.getDecoder().decode(letter.raw())).isEqualTo(data);
    }

    @Test
    void theLargestRecordOfAStreamIsKeptWhole() throws Exception {
        byte[] data = "a".repeat(1 << 20).getBytes(UTF_8);
        DeadLetter letter = parse(data).letters().get(0);
        assertThat(Base64.getDecoder().decode(letter.raw())).isEqualTo(data);
    }

    @Test
    void aRecordThatIsReadAgainGivesTheLetterOfTheSameName() throws Exception {
        byte[] data = "nonsense".getBytes(UTF_8);
        assertThat(parse(data).letters()).isEqualTo(parse(data).letters());
        assertThat(parse(data).letters().get(0).id())
                .isEqualTo(DeadLetterId.of(Facts.NOON, "events", "shardId-1", "42"));
    }

    @Test
    void theDetailOfADeadLetterSaysNothingOfThePrompt() throws Exception {
        String valid = new String(VALID, UTF_8);
        byte[] broken = valid.replace("\"payload\":\"", "\"payload\":[\"").getBytes(UTF_8);
        assertThat(broken).isNotEqualTo(VALID);
        assertThat(parse(broken).letters().get(0).detail()).doesNotContain("prompt of");
    }

    @Property
    void anyBytesBecomeOneEventOrOneLetter(@ForAll byte[] data) throws Exception {
        assertOne(parse(data));
    }

    @Property
    void anyDamageToAnEventIsNoticedOrHarmless(
            @ForAll @IntRange(max = 10_000) int at, @ForAll byte value) throws Exception {
        byte[] damaged = VALID.clone();
        damaged[at % damaged.length] = value;
        assertOne(parse(damaged));
    }

    private static void assertOne(Parsed parsed) {
        assertThat(parsed.events().size() + parsed.letters().size()).isEqualTo(1);
        assertThat(parsed.events()).allMatch(event -> event.tenantId().equals("acme"));
    }

    @SuppressWarnings("try") // the harness may be interrupted while closing
    private static Parsed parse(byte[] data) throws Exception {
        try (OneInputStreamOperatorTestHarness<StreamRecord, LogRecord> harness =
                ProcessFunctionTestHarnesses.forProcessFunction(new ParseEventFunction("events"))) {
            harness.processElement(
                    new StreamRecord(data, "acme", "shardId-1", "42", Facts.NOON), 0);
            var letters = harness.getSideOutput(SideOutputs.DEAD_LETTERS);
            return new Parsed(
                    harness.extractOutputValues(),
                    letters == null
                            ? List.of()
                            : letters.stream().map(letter -> letter.getValue()).toList());
        }
    }
}
