package io.sluice.contract.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document in the canonical form of RFC 8785: no white space, fields in the order
 * of their names, one way to write a text and a number. Fields are written in that order or
 * refused, so what comes out needs no sorting. Whole numbers beyond ±2<sup>53</sup>−1, which a JSON
 * reader may round, are refused too: amounts are written as text. Not thread-safe.
 */
public final class CanonicalWriter {
    /** The largest whole number that every JSON reader keeps exactly. */
    public static final long LARGEST_NUMBER = (1L << 53) - 1;

    private static final int DEPTH = 16;

    /** Places for names that were written before; a power of two. */
    private static final int NAMES = 4_096;

    /** A sign and sixteen digits. */
    private static final int LONGEST_NUMBER = 17;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable FieldName[] names = new FieldName[NAMES];
    private final @Nullable FieldName[] last = new FieldName[DEPTH];
    private final byte[] scratch = new byte[LONGEST_NUMBER];
    private byte[] bytes = new byte[1_024];
    private int length;
    private int depth = -1;
    private boolean first = true;

    /** Forgets everything and begins again. */
    public CanonicalWriter reset() {
        length = 0;
        depth = -1;
        first = true;
        return this;
    }

    /** Begins an object. */
    public CanonicalWriter beginObject() {
        return begin('{');
    }

    /** Ends an object. */
    public CanonicalWriter endObject() {
        return end('}');
    }

    /** Begins a list. */
    public CanonicalWriter beginList() {
        return begin('[');
    }

    /** Ends a list. */
    public CanonicalWriter endList() {
        return end(']');
    }

    private CanonicalWriter begin(char bracket) {
        separate();
        put((byte) bracket);
        depth++;
        last[depth] = null;
        first = true;
        return this;
    }

    private CanonicalWriter end(char bracket) {
        put((byte) bracket);
        depth--;
        first = false;
        return this;
    }

    /**
     * Names the next value.
     *
     * @throws IllegalStateException if a field of that or a later name was written before
     */
    public CanonicalWriter field(String name) {
        FieldName known = known(name);
        known.comesAfter(last[depth]);
        separate();
        byte[] quoted = known.quoted();
        room(quoted.length);
        System.arraycopy(quoted, 0, bytes, length, quoted.length);
        length += quoted.length;
        last[depth] = known;
        first = true;
        return this;
    }

    /** A name that meets another in its place takes it over: names may come from outside. */
    private FieldName known(String name) {
        int hash = name.hashCode();
        int place = (hash ^ hash >>> 16) & (NAMES - 1);
        FieldName known = names[place];
        if (known == null || !known.is(name)) {
            int from = length;
            quoted(name);
            put((byte) ':');
            known = new FieldName(name, Arrays.copyOfRange(bytes, from, length));
            length = from;
            names[place] = known;
        }
        return known;
    }

    /** A field with a text. */
    public CanonicalWriter field(String name, String value) {
        return field(name).text(value);
    }

    /** A field with a whole number. */
    public CanonicalWriter field(String name, long value) {
        return field(name).number(value);
    }

    /** A field with a text, unless there is none. */
    public CanonicalWriter optional(String name, @Nullable String value) {
        return value == null ? this : field(name, value);
    }

    /** A field with a list of texts, unless that is empty. */
    public CanonicalWriter optional(String name, List<String> values) {
        if (!values.isEmpty()) {
            field(name).beginList();
            values.forEach(this::text);
            endList();
        }
        return this;
    }

    /** A field that is there if it is true. */
    public CanonicalWriter optional(String name, boolean value) {
        return value ? field(name, true) : this;
    }

    /** A field that is true or false. */
    public CanonicalWriter field(String name, boolean value) {
        field(name).separate();
        ascii(value ? "true" : "false");
        return this;
    }

    /** A text. */
    public CanonicalWriter text(String value) {
        separate();
        quoted(value);
        return this;
    }

    /** A whole number. */
    public CanonicalWriter number(long value) {
        if (value > LARGEST_NUMBER || value < -LARGEST_NUMBER) {
            return text(Long.toString(value));
        }
        separate();
        digits(value);
        return this;
    }

    /** A field with these bytes in lower-case hexadecimal digits. */
    public CanonicalWriter hex(String name, byte[] value) {
        field(name).separate();
        room(2 * value.length + 2);
        bytes[length++] = '"';
        for (byte one : value) {
            bytes[length++] = HEX[one >> 4 & 15];
            bytes[length++] = HEX[one & 15];
        }
        bytes[length++] = '"';
        return this;
    }

    /** What was written, in UTF-8. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void separate() {
        if (!first) {
            put((byte) ',');
        }
        first = false;
    }

    private void quoted(String text) {
        int chars = text.length();
        room(chars + 2);
        byte[] target = bytes;
        int at = length;
        target[at++] = '"';
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                length = at;
                rest(text, i);
                return;
            }
            target[at++] = (byte) c;
        }
        target[at++] = '"';
        length = at;
    }

    /** Writes a text from its first char on that is not plain, and the quote at its end. */
    private void rest(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                put((byte) c);
            } else {
                i += special(text, i);
            }
        }
        put((byte) '"');
    }

    /** Writes what is not plain ASCII, and tells how many chars it has beyond the first. */
    private int special(String text, int at) {
        char c = text.charAt(at);
        if (c >= 0x80) {
            return beyondAscii(text, at);
        }
        if (c == '"' || c == '\\') {
            put((byte) '\\');
            put((byte) c);
        } else {
            control(c);
        }
        return 0;
    }

    /** Writes a code point and tells how many chars it has beyond the first. */
    private int beyondAscii(String text, int at) {
        int point = text.codePointAt(at);
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException("half a surrogate pair is no text");
        }
        byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return Character.charCount(point) - 1;
    }

    private void control(char c) {
        int known = "\b\t\n\f\r".indexOf(c);
        put((byte) '\\');
        if (known >= 0) {
            put((byte) "btnfr".charAt(known));
        } else {
            ascii("u00");
            put(HEX[c >> 4]);
            put(HEX[c & 15]);
        }
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** Writes a number without a text of it in between; it is not beyond the largest. */
    private void digits(long value) {
        room(LONGEST_NUMBER);
        long left = Math.abs(value);
        int from = scratch.length;
        do {
            scratch[--from] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        if (value < 0) {
            scratch[--from] = '-';
        }
        int digits = scratch.length - from;
        System.arraycopy(scratch, from, bytes, length, digits);
        length += digits;
    }

    private void put(byte value) {
        room(1);
        bytes[length++] = value;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
