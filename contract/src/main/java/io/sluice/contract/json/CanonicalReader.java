package io.sluice.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.CanonicalWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document in canonical form as {@link CanonicalWriter} wrote it: fields are asked
 * for in the order of their names, and what is not asked for is refused. No tree is made, so it is
 * several times as fast as reading any JSON. Refusals are {@link MalformedJsonException}. Not
 * thread-safe.
 */
final class CanonicalReader {
    /** Numbers of so many digits have room in 64 bits. */
    private static final int SAFE_DIGITS = 18;

    private final String what;
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean first = true;

    /**
     * Before the document.
     *
     * @param what the document is called in messages
     */
    CanonicalReader(String what, byte[] bytes, int from, int length) {
        this.what = what;
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
    }

    CanonicalReader beginObject() {
        return begin('{');
    }

    CanonicalReader endObject() {
        return end('}');
    }

    /** A list as the next value. */
    <T> List<T> list(Function<CanonicalReader, T> reader) {
        List<T> items = new ArrayList<>(1);
        begin('[');
        while (peek() != ']') {
            separate();
            items.add(reader.apply(this));
        }
        end(']');
        return items;
    }

    /** An object as the next value whose fields have any names. */
    <T> SortedMap<String, T> map(BiFunction<String, CanonicalReader, T> reader) {
        SortedMap<String, T> values = new TreeMap<>();
        beginObject();
        while (peek() != '}') {
            separate();
            String name = text();
            if (!values.isEmpty() && values.lastKey().compareTo(name) >= 0) {
                throw malformed("names are not in their order");
            }
            expect(':');
            values.put(name, reader.apply(name, this));
        }
        endObject();
        return values;
    }

    /** Ends the document. */
    void end() {
        if (at != end) {
            throw malformed("it goes on behind its end");
        }
    }

    private CanonicalReader begin(char bracket) {
        expect(bracket);
        first = true;
        return this;
    }

    private CanonicalReader end(char bracket) {
        if (peek() == ',') {
            throw malformed("a field that nobody knows, or not in the order of names");
        }
        expect(bracket);
        first = false;
        return this;
    }

    /** Whether the next field has that name, which is ASCII; if so, its value is next. */
    boolean has(String name) {
        int from = at + (first ? 0 : 1);
        if (!isName(from, name)) {
            return false;
        }
        separate();
        at = from + name.length() + 3;
        return true;
    }

    /** Whether the next value is an object whose first field has that name. */
    boolean isObjectThatBeginsWith(String name) {
        return isName(at + 1, name);
    }

    /** Whether a quoted name and a colon lie there. */
    private boolean isName(int from, String name) {
        int to = from + 1 + name.length();
        if (to + 1 >= end || bytes[from] != '"' || bytes[to] != '"' || bytes[to + 1] != ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + 1 + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Goes to the value of the field of that name, which has to be the next. */
    CanonicalReader field(String name) {
        if (!has(name)) {
            throw malformed("expected the field " + name);
        }
        return this;
    }

    String text(String name) {
        return field(name).text();
    }

    @Nullable String optionalText(String name) {
        return has(name) ? text() : null;
    }

    <T> T word(String name, Function<String, T> reader) {
        try {
            return reader.apply(text(name));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(what + "." + name + ": " + e.getMessage(), e);
        }
    }

    long number(String name) {
        return field(name).number();
    }

    long number(String name, long otherwise) {
        return has(name) ? number() : otherwise;
    }

    int smallNumber(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw malformed(name + " is " + value + ", expected a number of 32 bits");
        }
        return (int) value;
    }

    boolean flag(String name) {
        field(name);
        boolean value = peek() == 't';
        literal(value ? "true" : "false");
        return value;
    }

    /** A field that is there if it is true. */
    boolean optionalFlag(String name) {
        if (!has(name)) {
            return false;
        }
        literal("true");
        return true;
    }

    /** A value of any form, as a tree. */
    JsonNode tree() {
        int from = at;
        at = RawFields.valueEnd(bytes, at, end);
        return Json.parse(bytes, from, at - from);
    }

    /** A text as the next value. */
    String text() {
        expect('"');
        int from = at;
        while (at < end && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] >= ' ') {
            at++;
        }
        if (peek() != '"') {
            return unplain(from);
        }
        at++;
        return new String(bytes, from, at - 1 - from, StandardCharsets.ISO_8859_1);
    }

    /** One with escapes or beyond ASCII. */
    private String unplain(int from) {
        at = from - 1;
        return tree().textValue();
    }

    /** A whole number as the next value; one that readers may round is a text of its digits. */
    long number() {
        if (peek() == '"') {
            return beyondExact();
        }
        int from = at;
        boolean negative = bytes[at] == '-';
        at += negative ? 1 : 0;
        int digits = at;
        long value = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = 10 * value + (bytes[at] - '0');
            at++;
        }
        int length = at - digits;
        if (length == 0 || length > SAFE_DIGITS || (bytes[digits] == '0' && at - from > 1)) {
            at = from;
            throw malformed("expected a whole number");
        }
        return negative ? -value : value;
    }

    private long beyondExact() {
        String digits = text();
        try {
            long value = Long.parseLong(digits);
            boolean exact =
                    value <= CanonicalWriter.LARGEST_NUMBER
                            && value >= -CanonicalWriter.LARGEST_NUMBER;
            if (!exact && Long.toString(value).equals(digits)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw malformed("expected a whole number");
    }

    private void literal(String expected) {
        for (int i = 0; i < expected.length(); i++) {
            expect(expected.charAt(i));
        }
    }

    private void separate() {
        if (!first) {
            expect(',');
        }
        first = false;
    }

    private byte peek() {
        if (at >= end) {
            throw malformed("it ends too early");
        }
        return bytes[at];
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed("expected '" + wanted + "'");
        }
        at++;
    }

    private MalformedJsonException malformed(String why) {
        return new MalformedJsonException(what + ": " + why + ", at byte " + at);
    }
}
