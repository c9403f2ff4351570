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
        this.bytes = bytes;
        expect('{');
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
            if (at != bytes.length) {
                throw malformed("does not end where its object does");
            }
            return false;
        }
        if (valueTo > 0) {
            expect(',');
        }
        expect('"');
        nameFrom = at;
        skipText();
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
        int depth = 0;
        do {
            byte next = peek();
            at++;
            if (next == '"') {
                skipText();
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            } else if (depth == 0 && next != ',' && next != ':') {
                skipWord();
            } else if (depth == 0) {
                throw malformed("a field has no value");
            }
        } while (depth > 0);
        if (depth < 0) {
            throw malformed("a field has no value");
        }
    }

    /** A number, true, false or null: up to what ends a value. */
    private void skipWord() {
        while (at < bytes.length && bytes[at] != ',' && bytes[at] != '}') {
            at++;
        }
    }

    /** Up to behind the closing quotation mark. */
    private void skipText() {
        while (peek() != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private byte peek() {
        if (at >= bytes.length) {
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
