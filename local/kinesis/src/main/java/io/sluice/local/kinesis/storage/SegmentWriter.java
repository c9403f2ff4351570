package io.sluice.local.kinesis.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;

/** The one writer of a shard's newest segment. Not thread-safe. */
final class SegmentWriter implements Closeable {
    private final Segment segment;
    private final RandomAccessFile file;
    private final Durability durability;

    /** Opens the segment's file for appending, cutting off what lies behind its known size. */
    SegmentWriter(Segment segment, Durability durability) throws IOException {
        this.segment = segment;
        this.durability = durability;
        this.file = new RandomAccessFile(segment.file().toFile(), "rw");
        try {
            file.setLength(segment.sizeBytes());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Writes a batch with one system call; after an error the file is as it was before. */
    void append(EntryFormat.Encoded batch, int count, long arrivalMillis) throws IOException {
        try {
            file.seek(segment.sizeBytes());
            file.write(batch.bytes());
            if (durability == Durability.MACHINE) {
                file.getFD().sync();
            }
        } catch (IOException e) {
            file.setLength(segment.sizeBytes());
            throw e;
        }
        segment.appended(batch, count, arrivalMillis);
    }

    Segment segment() {
        return segment;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
