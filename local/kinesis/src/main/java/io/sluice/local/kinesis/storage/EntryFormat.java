package io.sluice.local.kinesis.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one record in a segment file.
 *
 * <p>Layout (big-endian): u32 body length, u32 CRC-32C of the body, then the body: i64 ordinal, i64
 * arrival in epoch milliseconds, u16 key length, key in UTF-8, data. A length of zero is never
 * written, so a tail of zeros is no entry.
 */
final class EntryFormat {
    static final int HEADER_BYTES = 8;
    static final int MIN_BODY_BYTES = 18;
    static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

    private EntryFormat() {}

    /** Encodes a batch whose first record gets the given ordinal; all arrive at the same time. */
    static Encoded encode(List<NewRecord> records, long firstOrdinal, long arrivalMillis) {
        int[] lengths = new int[records.size()];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(records.size() * 256);
        for (int i = 0; i < lengths.length; i++) {
            byte[] entry = encode(records.get(i), firstOrdinal + i, arrivalMillis);
            bytes.writeBytes(entry);
            lengths[i] = entry.length;
        }
        return new Encoded(bytes.toByteArray(), lengths);
    }

    private static byte[] encode(NewRecord record, long ordinal, long arrivalMillis) {
        byte[] key = record.partitionKey().getBytes(StandardCharsets.UTF_8);
        int bodyBytes = MIN_BODY_BYTES + key.length + record.data().length;
        ByteBuffer entry = ByteBuffer.allocate(HEADER_BYTES + bodyBytes);
        entry.putInt(bodyBytes).putInt(0).putLong(ordinal).putLong(arrivalMillis);
        entry.putShort((short) key.length).put(key).put(record.data());
        entry.putInt(4, crc(entry.array(), HEADER_BYTES, bodyBytes));
        return entry.array();
    }

    /** Whether a length read from a header can be one; a torn or foreign header mostly cannot. */
    static boolean plausibleBodyLength(int bodyBytes) {
        return bodyBytes >= MIN_BODY_BYTES && bodyBytes <= MAX_BODY_BYTES;
    }

    /** Decodes a body, or returns null if its checksum or shape is wrong. */
    static @Nullable StoredRecord decode(byte[] body, int expectedCrc) {
        if (crc(body, 0, body.length) != expectedCrc) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(body);
        long ordinal = buffer.getLong();
        long arrivalMillis = buffer.getLong();
        int keyBytes = Short.toUnsignedInt(buffer.getShort());
        if (keyBytes > buffer.remaining()) {
            return null;
        }
        String key = new String(body, MIN_BODY_BYTES, keyBytes, StandardCharsets.UTF_8);
        byte[] data = new byte[buffer.remaining() - keyBytes];
        buffer.position(MIN_BODY_BYTES + keyBytes).get(data);
        return new StoredRecord(ordinal, arrivalMillis, key, data);
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** The bytes of a batch and the length of each entry in it. */
    static final class Encoded {
        private final byte[] bytes;
        private final int[] entryLengths;

        Encoded(byte[] bytes, int[] entryLengths) {
            this.bytes = bytes;
            this.entryLengths = entryLengths;
        }

        byte[] bytes() {
            return bytes;
        }

        int entryLength(int i) {
            return entryLengths[i];
        }
    }
}
