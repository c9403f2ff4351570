package io.sluice.local.cloudwatch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * An append-only file of requests: length, CRC-32 and samples of each. A request is in it before it
 * is acknowledged, so it survives the death of the process; a torn or damaged tail is cut off when
 * the file is opened. Used by one thread.
 */
final class MetricLog implements Closeable {

    private static final int HEADER_BYTES = 8;
    private static final int LARGEST_RECORD_BYTES = 64 << 20;

    private final FileChannel channel;

    private MetricLog(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens a log and hands over what is in it. */
    static MetricLog open(Path file, Consumer<Sample> replay) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            channel.truncate(replay(channel, replay));
            channel.position(channel.size());
            return new MetricLog(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    void append(List<Sample> samples) throws IOException {
        byte[] bytes = SampleCodec.encode(samples);
        ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + bytes.length);
        record.putInt(bytes.length).putInt(crc(bytes)).put(bytes).flip();
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static long replay(FileChannel channel, Consumer<Sample> replay) throws IOException {
        long good = 0;
        while (true) {
            if (good + HEADER_BYTES > channel.size()) {
                return good;
            }
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            read(channel, good, header);
            int length = header.getInt(0);
            if (length < 1 || length > LARGEST_RECORD_BYTES) {
                return good;
            }
            if (good + HEADER_BYTES + length > channel.size()) {
                return good;
            }
            byte[] body = new byte[length];
            read(channel, good + HEADER_BYTES, ByteBuffer.wrap(body));
            if (crc(body) != header.getInt(4)) {
                return good;
            }
            SampleCodec.decode(body).forEach(replay);
            good += HEADER_BYTES + length;
        }
    }

    private static void read(FileChannel channel, long position, ByteBuffer into)
            throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) {
                throw new IOException("the metric log got shorter while it was read");
            }
        }
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
