package io.sluice.local.kinesis.stream;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of the 128-bit hash keys, both ends included.
 *
 * @param start the lowest key
 * @param end the highest key
 */
public record HashKeyRange(BigInteger start, BigInteger end) {
    /** One more than the highest hash key. */
    public static final BigInteger KEYS = BigInteger.ONE.shiftLeft(128);

    /** The hash key of a partition key: its MD5 as an unsigned number. */
    public static BigInteger hash(String partitionKey) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return new BigInteger(1, md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5; this one does not", e);
        }
    }

    /** The whole range in equal parts, the last one taking the remainder. */
    public static List<HashKeyRange> equalParts(int count) {
        List<HashKeyRange> parts = new ArrayList<>(count);
        BigInteger width = KEYS.divide(BigInteger.valueOf(count));
        for (int i = 0; i < count; i++) {
            BigInteger start = width.multiply(BigInteger.valueOf(i));
            BigInteger after = i == count - 1 ? KEYS : start.add(width);
            parts.add(new HashKeyRange(start, after.subtract(BigInteger.ONE)));
        }
        return parts;
    }

    public boolean contains(BigInteger key) {
        return start.compareTo(key) <= 0 && key.compareTo(end) <= 0;
    }

    /** Whether this range ends right before the other begins. */
    public boolean touches(HashKeyRange next) {
        return end.add(BigInteger.ONE).equals(next.start);
    }
}
