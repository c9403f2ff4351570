package io.sluice.contract.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class CanonicalWriterTest {
    private static final long MOST = CanonicalWriter.LARGEST_NUMBER;

    /** The strings of RFC 8785, section 3.2.2, and the sorting of its section 3.2.3. */
    @Example
    void textsAndOrderAreThoseOfTheRfc() {
        String text = "\u20ac$\u000f\nA'B\"\\\\\"/";
        byte[] written =
                new CanonicalWriter().beginObject().field("string", text).endObject().toBytes();
        assertThat(new String(written, UTF_8))
                .isEqualTo("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        CanonicalWriter sorted = new CanonicalWriter().beginObject();
        List.of("\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33")
                .forEach(name -> sorted.field(name, 1));
        assertThat(Json.parse(sorted.endObject().toBytes())).hasSize(7);
    }

    @Property
    void readersFindWhatWasWritten(
            @ForAll List<@StringLength(max = 20) String> names,
            @ForAll List<String> texts,
            @ForAll @LongRange(min = -MOST, max = MOST) long number,
            @ForAll boolean flag) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (int i = 0; i < Math.min(names.size(), texts.size()); i++) {
            if (isText(names.get(i)) && isText(texts.get(i))) {
                fields.put("~" + names.get(i), texts.get(i));
            }
        }
        CanonicalWriter out = new CanonicalWriter().beginObject().field("flag", flag);
        out.field("list").beginList();
        fields.values().forEach(out::text);
        out.number(number).endList().field("number", number);
        fields.forEach(out::field);
        byte[] bytes = out.endObject().toBytes();

        ObjectNode expected = Json.object().put("flag", flag);
        fields.values().forEach(expected.putArray("list")::add);
        ((com.fasterxml.jackson.databind.node.ArrayNode) expected.get("list")).add(number);
        expected.put("number", number);
        fields.forEach(expected::put);
        JsonNode read = Json.parse(bytes);
        assertThat(read.toString()).isEqualTo(expected.toString());
        assertThat(read.path("list").path(fields.size()).asLong()).isEqualTo(number);
        assertThat(out.reset().beginObject().endObject().toBytes()).asString(UTF_8).isEqualTo("{}");
    }

    @Example
    void numbersThatReadersMayRoundAreTexts() {
        CanonicalWriter out = new CanonicalWriter().beginList();
        out.number(MOST).number(MOST + 1).number(-MOST - 1).number(Long.MIN_VALUE).endList();
        assertThat(out.toBytes())
                .asString(UTF_8)
                .isEqualTo(
                        "[9007199254740991,\"9007199254740992\",\"-9007199254740992\","
                                + "\"-9223372036854775808\"]");
    }

    @Example
    void whatIsNotCanonicalIsRefused() {
        CanonicalWriter out = new CanonicalWriter().beginObject().field("b", 1);
        assertThatThrownBy(() -> out.field("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("field 'a' comes after 'b' in canonical JSON");
        assertThatThrownBy(() -> out.field("b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new CanonicalWriter().text("\ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("half a surrogate pair is no text");
    }

    private static boolean isText(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }
}
