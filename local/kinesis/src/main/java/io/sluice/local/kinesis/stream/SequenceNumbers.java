package io.sluice.local.kinesis.stream;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sequence numbers of one shard: 56 decimal digits that rise with the ordinal.
 *
 * <p>They are {@code 49}, the time the shard was opened in 15 digits, its index in 9, the ordinal
 * in 30; a shard is opened later than its parents, so its numbers are above theirs.
 */
public final class SequenceNumbers {
    /** What the service accepts as a sequence number at all. */
    public static final Pattern SHAPE = Pattern.compile("0|([1-9]\\d{0,128})");

    private static final int ORDINAL_DIGITS = 30;
    private static final int PREFIX_DIGITS = 26;
    private static final BigInteger MAX_ORDINAL = BigInteger.valueOf(Long.MAX_VALUE - 1);

    private final String prefix;

    SequenceNumbers(int shardIndex, long openedMillis) {
        this.prefix = "49" + padded(openedMillis, 15) + padded(shardIndex, 9);
    }

    public String format(long ordinal) {
        return prefix + padded(ordinal, ORDINAL_DIGITS);
    }

    /** The ordinal in a sequence number, or null if the number is not one of this shard. */
    public @Nullable Long ordinal(String sequenceNumber) {
        if (sequenceNumber.length() != PREFIX_DIGITS + ORDINAL_DIGITS
                || !sequenceNumber.startsWith(prefix)
                || !SHAPE.matcher(sequenceNumber).matches()) {
            return null;
        }
        BigInteger ordinal = new BigInteger(sequenceNumber.substring(PREFIX_DIGITS));
        return ordinal.min(MAX_ORDINAL).longValueExact();
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(digits - text.length()) + text;
    }
}
