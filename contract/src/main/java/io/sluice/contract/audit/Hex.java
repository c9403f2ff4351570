package io.sluice.contract.audit;

import java.nio.charset.StandardCharsets;

/** Bytes as lower-case hexadecimal digits. */
public final class Hex {
    private static final String DIGITS = "0123456789abcdef";

    private Hex() {}

    /** The digits of these bytes. */
    public static String of(byte[] bytes) {
        return new String(bytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** The digits of these bytes, in ASCII. */
    public static byte[] bytes(byte[] bytes) {
        byte[] digits = new byte[2 * bytes.length];
        int at = 0;
        for (byte value : bytes) {
            digits[at++] = (byte) DIGITS.charAt(value >> 4 & 15);
            digits[at++] = (byte) DIGITS.charAt(value & 15);
        }
        return digits;
    }

    /**
     * The bytes of these digits.
     *
     * @throws IllegalArgumentException if they are not pairs of lower-case digits
     */
    public static byte[] parse(String digits) {
        if (digits.length() % 2 != 0) {
            throw new IllegalArgumentException("an odd number of hexadecimal digits");
        }
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = DIGITS.indexOf(digits.charAt(2 * i));
            int low = DIGITS.indexOf(digits.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException("no hexadecimal digit at " + 2 * i);
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }
}
