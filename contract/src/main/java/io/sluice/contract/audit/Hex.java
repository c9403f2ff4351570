package io.sluice.contract.audit;

import java.nio.charset.StandardCharsets;

/** Bytes as lower-case hexadecimal digits. */
public final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

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
            digits[at++] = DIGITS[value >> 4 & 15];
            digits[at++] = DIGITS[value & 15];
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
            int high = value(digits.charAt(2 * i));
            int low = value(digits.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException("no hexadecimal digit at " + 2 * i);
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    /** Whether these are the digits of these bytes. */
    static boolean isOf(String digits, byte[] bytes) {
        if (digits.length() != 2 * bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (digits.charAt(2 * i) != DIGITS[bytes[i] >> 4 & 15]
                    || digits.charAt(2 * i + 1) != DIGITS[bytes[i] & 15]) {
                return false;
            }
        }
        return true;
    }

    /** What a digit stands for; below 0 if it is none. */
    private static int value(char digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
    }
}
