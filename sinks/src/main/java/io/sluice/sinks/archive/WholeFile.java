package io.sluice.sinks.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** Reads Parquet out of memory. */
final class WholeFile implements InputFile {
    private final byte[] content;

    WholeFile(byte[] content) {
        this.content = content;
    }

    @Override
    public long getLength() {
        return content.length;
    }

    @Override
    public SeekableInputStream newStream() {
        return new Seekable(new Placed(content));
    }

    /** A stream that knows where it is. */
    private static final class Placed extends ByteArrayInputStream {
        private Placed(byte[] content) {
            super(content);
        }

        private synchronized long place() {
            return pos;
        }

        private synchronized void place(long position) throws IOException {
            if (position < 0 || position > count) {
                throw new EOFException("there is no byte " + position + " of " + count);
            }
            pos = (int) position;
        }
    }

    private static final class Seekable extends DelegatingSeekableInputStream {
        private final Placed in;

        private Seekable(Placed in) {
            super(in);
            this.in = in;
        }

        @Override
        public long getPos() {
            return in.place();
        }

        @Override
        public void seek(long position) throws IOException {
            in.place(position);
        }
    }
}
