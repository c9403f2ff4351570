package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceReaderTest {
    @Test
    void linesAreNumberedFromOneBlankOnesIncluded() throws Exception {
        assertThat(read("a\n\n \t\r\nb\r\nc")).containsExactly("1:a", "4:b\r", "5:c");
    }

    @Test
    void emptyFileHasNoLines() throws Exception {
        assertThat(read("")).isEmpty();
        assertThat(read("\n")).isEmpty();
        assertThat(read("\uFEFF")).isEmpty();
    }

    @Test
    void byteOrderMarkIsNoContentAtTheStartAlone() throws Exception {
        assertThat(read("\uFEFFa\n\uFEFFb")).containsExactly("1:a", "2:\uFEFFb");
    }

    @Test
    void lineMayCrossBuffersAndBeAsLongAsAllowed() throws Exception {
        String most = "x".repeat(TraceReader.MOST_LINE_BYTES);
        assertThat(read("a\n" + most + "\nb")).containsExactly("1:a", "2:" + most, "3:b");
        assertThat(read(most)).containsExactly("1:" + most);
    }

    @Test
    void lineThatIsTooLongIsRefusedAndTheNextOneRead() throws Exception {
        int length = 3 * TraceReader.MOST_LINE_BYTES;
        TraceReader reader = reader("x".repeat(length) + "\nb");
        assertThatThrownBy(reader::next)
                .isInstanceOf(BadTraceLineException.class)
                .hasMessageContaining("seen " + length + " bytes");
        assertThat(reader.lineNumber()).isEqualTo(1);
        assertThat(reader.next()).isEqualTo(bytes("b"));
        assertThat(reader.lineNumber()).isEqualTo(2);
    }

    /** More than an array could hold; the heap of the tests holds less. */
    @Test
    void lineThatIsTooLongIsNotKept() throws Exception {
        long length = 2_200_000_000L;
        InputStream endless =
                new InputStream() {
                    private long left = length;

                    @Override
                    public int read() {
                        throw new UnsupportedOperationException("one byte at a time");
                    }

                    @Override
                    public int read(byte[] into, int offset, int most) {
                        int count = (int) Math.min(most, left);
                        Arrays.fill(into, offset, offset + count, (byte) 'x');
                        left -= count;
                        return count == 0 ? -1 : count;
                    }
                };
        TraceReader reader = new TraceReader(endless);
        assertThatThrownBy(reader::next)
                .isInstanceOf(BadTraceLineException.class)
                .hasMessageContaining("seen " + length + " bytes");
        assertThat(reader.next()).isNull();
    }

    @Test
    void streamThatGivesAByteAtATimeIsReadTheSame() throws Exception {
        InputStream slow =
                new ByteArrayInputStream(bytes("ab\ncd\n")) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        return super.read(into, offset, Math.min(1, length));
                    }
                };
        assertThat(read(new TraceReader(slow))).containsExactly("1:ab", "2:cd");
    }

    private static List<String> read(String text) throws IOException, BadTraceLineException {
        return read(reader(text));
    }

    private static List<String> read(TraceReader reader) throws IOException, BadTraceLineException {
        List<String> lines = new ArrayList<>();
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
            lines.add(reader.lineNumber() + ":" + new String(line, StandardCharsets.UTF_8));
        }
        return lines;
    }

    private static TraceReader reader(String text) {
        return new TraceReader(new ByteArrayInputStream(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
