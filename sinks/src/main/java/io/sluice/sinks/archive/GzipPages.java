package io.sluice.sinks.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Pages compressed by the JDK's gzip, which every reader of Parquet knows; no native code. */
final class GzipPages implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return new Compressor();
    }

    /** Files that something else wrote are refused: an archive has none. */
    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        if (name != CompressionCodecName.GZIP) {
            throw new IllegalArgumentException(
                    "pages are compressed by " + name + ", expected GZIP: no file of the archive");
        }
        return new Decompressor();
    }

    @Override
    public void release() {}

    private static final class Compressor implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream gzip = new FastGzip(bytes)) {
                page.writeAllTo(gzip);
            }
            return BytesInput.from(bytes);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.GZIP;
        }

        @Override
        public void release() {}
    }

    /**
     * At its fastest level: files are written on the threads that decide, and records of one tenant
     * resemble each other so much that the slower levels save little.
     */
    private static final class FastGzip extends GZIPOutputStream {
        private static final int BUFFER_BYTES = 1 << 14;

        private FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class Decompressor implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            try (InputStream gzip = new GZIPInputStream(page.toInputStream())) {
                return BytesInput.from(exactly(gzip, size));
            }
        }

        @Override
        public void decompress(ByteBuffer page, int length, ByteBuffer target, int size)
                throws IOException {
            byte[] bytes = new byte[length];
            page.get(bytes);
            try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                target.put(exactly(gzip, size));
            }
        }

        /** As much as the page says, so that a forged one cannot fill the memory. */
        private static byte[] exactly(InputStream gzip, int size) throws IOException {
            byte[] bytes = gzip.readNBytes(size);
            if (bytes.length < size || gzip.read() >= 0) {
                throw new IOException("a page does not have the " + size + " bytes it says");
            }
            return bytes;
        }

        @Override
        public void release() {}
    }
}
