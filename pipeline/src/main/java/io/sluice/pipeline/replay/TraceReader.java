package io.sluice.pipeline.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a trace into lines and counts them, holding one line at a time. Lines end with a line
 * feed; a carriage return before it and a byte order mark at the start of the file do not count as
 * content, and lines of nothing but white space are skipped. Not thread-safe.
 */
final class TraceReader {
    /** A longer line is an error: 1 MiB, the most that the product takes in as one request. */
    static final int MOST_LINE_BYTES = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);
    private int next;
    private int filled;
    private long lineNumber;

    /** Of a stream, which stays the caller's to close. */
    TraceReader(InputStream in) {
        this.in = in;
    }

    /** The number of the last line read, from 1. */
    long lineNumber() {
        return lineNumber;
    }

    /**
     * The next line with content; null after the last.
     *
     * @throws BadTraceLineException if it is too long; the one after it can be read then
     */
    byte @Nullable [] next() throws IOException, BadTraceLineException {
        while (fill()) {
            lineNumber++;
            long length = readLine();
            if (length > MOST_LINE_BYTES) {
                throw new BadTraceLineException(
                        "seen " + length + " bytes, expected a line of at most " + MOST_LINE_BYTES);
            }
            byte[] content = line.toByteArray();
            content = lineNumber == 1 ? withoutMark(content) : content;
            if (!isBlank(content)) {
                return content;
            }
        }
        return null;
    }

    /** Reads up to the end of the line and keeps as much of it as may be; its length in bytes. */
    private long readLine() throws IOException {
        line.reset();
        long length = 0;
        while (fill()) {
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            int room = (int) Math.max(0, MOST_LINE_BYTES - length);
            line.write(buffer, next, Math.min(end - next, room));
            length += end - next;
            boolean ended = end < filled;
            next = ended ? end + 1 : end;
            if (ended) {
                break;
            }
        }
        return length;
    }

    /** Whether there is anything left to read. */
    private boolean fill() throws IOException {
        if (next == filled) {
            next = 0;
            filled = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return next < filled;
    }

    private static byte[] withoutMark(byte[] content) {
        boolean marked =
                content.length >= 3
                        && content[0] == (byte) 0xEF
                        && content[1] == (byte) 0xBB
                        && content[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(content, 3, content.length) : content;
    }

    private static boolean isBlank(byte[] content) {
        for (byte b : content) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
