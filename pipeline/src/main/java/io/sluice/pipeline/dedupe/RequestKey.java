package io.sluice.pipeline.dedupe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request id in 128 bits. An id of the form {@code req_} + ULID + check is its ULID, whose first
 * 48 bits are the time it was issued at, epoch milliseconds; any other id is a hash without a time.
 */
public final class RequestKey {
    private static final String PREFIX = "req_";
    private static final int ULID_LENGTH = 26;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final byte[] DIGITS = digits();

    private final long high;
    private final long low;

    /** A key of these bits. */
    public RequestKey(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** The key of an id. */
    public static RequestKey of(String requestId) {
        int end = PREFIX.length() + ULID_LENGTH;
        if (!requestId.startsWith(PREFIX) || requestId.length() < end) {
            return hashed(requestId);
        }
        long high = 0;
        long low = 0;
        for (int i = PREFIX.length(); i < end; i++) {
            char c = requestId.charAt(i);
            int digit = c < DIGITS.length ? DIGITS[c] : -1;
            if (digit < 0 || (i == PREFIX.length() && digit > 7)) {
                return hashed(requestId);
            }
            high = high << 5 | low >>> 59;
            low = low << 5 | digit;
        }
        return new RequestKey(high, low);
    }

    /** When the id was issued, epoch milliseconds; 0 if it does not say. */
    public long timeMillis() {
        return high >>> 16;
    }

    /** The first 64 bits. */
    public long high() {
        return high;
    }

    /** The last 64 bits. */
    public long low() {
        return low;
    }

    private static RequestKey hashed(String requestId) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(requestId.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bits = ByteBuffer.wrap(hash);
            return new RequestKey(bits.getLong() & 0xFFFF, bits.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        Arrays.fill(digits, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            digits[ALPHABET.charAt(i)] = (byte) i;
        }
        return digits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestKey
                && high == ((RequestKey) other).high
                && low == ((RequestKey) other).low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    @Override
    public String toString() {
        return "RequestKey{" + Long.toHexString(high) + ',' + Long.toHexString(low) + '}';
    }
}
