package io.sluice.local.kinesis.storage;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a segment file in order, up to a limit, and stops at the first broken one.
 */
final class EntryCursor implements Closeable {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final DataInputStream in;
    private final long limit;
    private long offset;

    /**
     * Opens the file at an offset where an entry starts; bytes from {@code limit} on are not read.
     */
    EntryCursor(Path file, long offset, long limit) throws IOException {
        FileInputStream bytes = new FileInputStream(file.toFile());
        try {
            bytes.skipNBytes(offset);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
        this.in = new DataInputStream(new BufferedInputStream(bytes, BUFFER_BYTES));
        this.offset = offset;
        this.limit = limit;
    }

    /**
     * The next record, or null at the limit or at an entry that is cut short or fails its check.
     */
    @Nullable StoredRecord next() throws IOException {
        if (limit - offset < EntryFormat.HEADER_BYTES) {
            return null;
        }
        int bodyBytes = in.readInt();
        int crc = in.readInt();
        if (!EntryFormat.plausibleBodyLength(bodyBytes)
                || bodyBytes > limit - offset - EntryFormat.HEADER_BYTES) {
            return null;
        }
        byte[] body = new byte[bodyBytes];
        in.readFully(body);
        StoredRecord record = EntryFormat.decode(body, crc);
        if (record != null) {
            offset += EntryFormat.HEADER_BYTES + bodyBytes;
        }
        return record;
    }

    /** Where the entry after the last one returned starts. */
    long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
