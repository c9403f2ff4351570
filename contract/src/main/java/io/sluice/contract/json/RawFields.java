package io.sluice.contract.json;

import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of one JSON object in its bytes without looking into their values, which is
 * several times as fast as reading them. It takes the compact form that canonical JSON has: no
 * white space. A value is found by its brackets and quotation marks alone; whoever reads it finds
 * out whether it is well formed. Not thread-safe.
 */
final class RawFields {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int nameFrom;
    private int nameTo;
    private int valueFrom;
    private int valueTo;

    /**
     * Before the first field.
     *
     * @throws MalformedJsonException if these bytes begin no object
     */
    RawFields(byte[] bytes) {
        this(bytes, 0, bytes.length);
        expect('{');
    }

    private RawFields(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /**
     * Where a value ends that begins there.
     *
     * @throws MalformedJsonException if none does, or it has no end
     */
    static int valueEnd(byte[] bytes, int from, int end) {
        RawFields walk = new RawFields(bytes, from, end);
        walk.skipValue();
        return walk.at;
    }

    /**
     * Goes on to the next field.
     *
     * @return false after the last
     * @throws MalformedJsonException if the bytes are no compact object, or go on behind it
     */
    boolean next() {
        if (peek() == '}') {
            at++;
            if (at != end) {
                throw malformed("does not end where its object does");
            }
            return false;
        }
        if (valueTo > 0) {
            expect(',');
        }
        expect('"');
        nameFrom = at;
        at = textEnd(at);
        nameTo = at - 1;
        expect(':');
        valueFrom = at;
        skipValue();
        valueTo = at;
        return true;
    }

    /** Whether the field has that name, which is ASCII. */
    boolean isNamed(String name) {
        if (nameTo - nameFrom != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[nameFrom + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the field's value begins. */
    int valueFrom() {
        return valueFrom;
    }

    /** How many bytes it has. */
    int valueLength() {
        return valueTo - valueFrom;
    }

    /**
     * A value that is a text of names and digits, for which JSON has no other way to write it.
     *
     * @throws MalformedJsonException if it is not
     */
    String plainText() {
        if (valueLength() < 2 || bytes[valueFrom] != '"') {
            throw malformed("a value is no text");
        }
        for (int i = valueFrom + 1; i < valueTo - 1; i++) {
            if (bytes[i] <= ' ' || bytes[i] == '\\') {
                throw malformed("a text has other characters than names have");
            }
        }
        return new String(bytes, valueFrom + 1, valueLength() - 2, StandardCharsets.US_ASCII);
    }

    /**
     * A whole number; one beyond what readers keep exactly is written as a text of its digits.
     *
     * @throws MalformedJsonException if it is none of 64 bits
     */
    long wholeNumber() {
        boolean quoted = bytes[valueFrom] == '"';
        String digits =
                quoted
                        ? plainText()
                        : new String(bytes, valueFrom, valueLength(), StandardCharsets.US_ASCII);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new MalformedJsonException("record: a number is none", e);
        }
    }

    private void skipValue() {
        byte first = peek();
        if (first == '"') {
            at = textEnd(at + 1);
        } else if (first == '{' || first == '[') {
            at = bracketEnd(at);
        } else if (first == ',' || first == ':' || first == '}' || first == ']') {
            throw malformed("a field has no value");
        } else {
            at = wordEnd(at);
        }
    }

    /** Behind the bracket that closes the one that is there. */
    private int bracketEnd(int from) {
        int depth = 0;
        for (int i = from; i < end; i++) {
            byte next = bytes[i];
            if (next == '"') {
                i = textEnd(i + 1) - 1;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        throw malformed("ends too early");
    }

    /** Behind a number, true, false or null: at what ends a value. */
    private int wordEnd(int from) {
        int i = from;
        while (i < end && bytes[i] != ',' && bytes[i] != '}') {
            i++;
        }
        return i;
    }

    /** Behind the closing quotation mark of the text that is there. */
    private int textEnd(int from) {
        int i = from;
        while (i < end && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        if (i >= end) {
            throw malformed("ends too early");
        }
        return i + 1;
    }

    private byte peek() {
        if (at >= end) {
            throw malformed("ends too early");
        }
        return bytes[at];
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw malformed("expected '" + wanted + "' at byte " + at);
        }
        at++;
    }

    private static MalformedJsonException malformed(String what) {
        return new MalformedJsonException("record: " + what);
    }
}
