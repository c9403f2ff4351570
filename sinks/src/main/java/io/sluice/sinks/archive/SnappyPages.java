package io.sluice.sinks.archive;

import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Pages compressed by Snappy, which every reader of Parquet knows, in plain Java: no native code,
 * and no Hadoop. Files are written beside the threads that decide, and an auditor unpacks all of
 * them; gzip was the largest cost of both.
 */
final class SnappyPages implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return new Compressor();
    }

    /** Files that something else wrote are refused: an archive has none. */
    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        if (name != CompressionCodecName.SNAPPY) {
            throw new IllegalArgumentException(
                    "pages are compressed by "
                            + name
                            + ", expected SNAPPY: no file of the archive");
        }
        return new Decompressor();
    }

    @Override
    public void release() {}

    /** The bytes of a page in one piece; heap memory need not be given back. */
    private static ByteBuffer inOnePiece(BytesInput page) throws IOException {
        return page.toByteBuffer(HeapByteBufferAllocator.getInstance(), unused -> {});
    }

    private static final class Compressor implements BytesInputCompressor {
        private final SnappyCompressor snappy = new SnappyCompressor();

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            ByteBuffer plain = inOnePiece(page);
            ByteBuffer packed = ByteBuffer.allocate(snappy.maxCompressedLength(plain.remaining()));
            snappy.compress(plain, packed);
            packed.flip();
            return BytesInput.from(packed);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.SNAPPY;
        }

        @Override
        public void release() {}
    }

    private static final class Decompressor implements BytesInputDecompressor {
        private final SnappyDecompressor snappy = new SnappyDecompressor();

        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            ByteBuffer plain = ByteBuffer.allocate(size);
            exactly(inOnePiece(page), plain, size);
            plain.flip();
            return BytesInput.from(plain);
        }

        @Override
        public void decompress(ByteBuffer page, int length, ByteBuffer target, int size)
                throws IOException {
            ByteBuffer packed = page.duplicate();
            packed.limit(packed.position() + length);
            exactly(packed, target, size);
        }

        /** As much as the page says, so that a forged one cannot fill the memory. */
        private void exactly(ByteBuffer packed, ByteBuffer target, int size) throws IOException {
            int before = target.position();
            snappy.decompress(packed, target);
            int length = target.position() - before;
            if (length != size) {
                throw new IOException(
                        "a page has " + length + " bytes, expected the " + size + " it says");
            }
        }

        @Override
        public void release() {}
    }
}
