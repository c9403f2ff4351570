package io.sluice.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * The names of dead letters: {@code dl_} and a ULID whose time is that of the failure and whose
 * other 80 bits are a hash of where the record came from. So the same failure always has the same
 * name, and names sort by time.
 */
public final class DeadLetterId {
    private static final String PREFIX = "dl_";
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int TIME_DIGITS = 10;
    private static final int HASH_DIGITS = 16;
    private static final int BITS = 5;
    private static final long MOST_MILLIS = (1L << 48) - 1;
    private static final Pattern FORM =
            Pattern.compile("dl_[0-7][0-9A-HJKMNP-TV-Z]{" + (TIME_DIGITS - 1 + HASH_DIGITS) + "}");

    private DeadLetterId() {}

    /**
     * The name of a failure.
     *
     * @param atMillis when, epoch milliseconds; negative counts as 0
     * @param origin where the record came from; no part may contain a line feed
     */
    public static String of(long atMillis, String... origin) {
        byte[] hash = sha256(String.join("\n", origin));
        StringBuilder id = new StringBuilder(lowerBound(atMillis));
        long bits = 0;
        int held = 0;
        for (int i = 0, digits = 0; digits < HASH_DIGITS; ) {
            if (held < BITS) {
                bits = bits << Byte.SIZE | (hash[i++] & 0xff);
                held += Byte.SIZE;
            }
            held -= BITS;
            id.append(DIGITS.charAt((int) (bits >>> held) & 31));
            digits++;
        }
        return id.toString();
    }

    /** The least text that sorts before every name of that time or later. */
    public static String lowerBound(long atMillis) {
        long millis = Math.min(Math.max(atMillis, 0), MOST_MILLIS);
        StringBuilder id = new StringBuilder(PREFIX);
        for (int i = TIME_DIGITS - 1; i >= 0; i--) {
            id.append(DIGITS.charAt((int) (millis >>> (BITS * i)) & 31));
        }
        return id.toString();
    }

    /** Whether a text has the form of such a name. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** The time in a name, epoch milliseconds. */
    public static long millisOf(String id) {
        if (!isOne(id)) {
            throw new IllegalArgumentException("no name of a dead letter, expected dl_ and a ULID");
        }
        long millis = 0;
        for (int i = PREFIX.length(); i < PREFIX.length() + TIME_DIGITS; i++) {
            millis = millis << BITS | DIGITS.indexOf(id.charAt(i));
        }
        return millis;
    }

    /** The UTC day in a name, such as {@code 2026-11-26}; letters of one day lie together. */
    public static String dayOf(String id) {
        return dayOf(millisOf(id));
    }

    /** The UTC day of a time. */
    public static String dayOf(long atMillis) {
        return Instant.ofEpochMilli(atMillis).atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
