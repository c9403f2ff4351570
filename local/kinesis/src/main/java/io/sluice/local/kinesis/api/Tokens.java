package io.sluice.local.kinesis.api;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Opaque tokens that carry numbers: shard iterators and page tokens.
 *
 * <p>They hold everything the server needs, so they outlive a restart. A checksum tells them from
 * made-up text; they are no secret.
 */
final class Tokens {
    static final byte SHARD_ITERATOR = 1;
    static final byte SHARD_PAGE = 2;
    static final byte CONSUMER_PAGE = 3;

    private Tokens() {}

    static String encode(byte kind, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + 8 * values.length + 4).put(kind);
        for (long value : values) {
            bytes.putLong(value);
        }
        bytes.putInt(crc(bytes.array()));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** The numbers in a token, or an empty array if it is none of this kind and count. */
    static long[] decode(String token, byte kind, int count) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return new long[0];
        }
        if (bytes.length != 1 + 8 * count + 4 || bytes[0] != kind) {
            return new long[0];
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).position(1);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = buffer.getLong();
        }
        return buffer.getInt() == crc(bytes) ? values : new long[0];
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        return (int) crc.getValue();
    }
}
