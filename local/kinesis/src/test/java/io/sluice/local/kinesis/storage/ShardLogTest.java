package io.sluice.local.kinesis.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardLogTest {
    private static final long SEGMENT_BYTES = 64 * 1024 * 1024;

    @TempDir Path dir;

    private ShardLog open(Path directory) throws IOException {
        return ShardLog.open(directory, SEGMENT_BYTES, Durability.PROCESS);
    }

    private static List<NewRecord> batch(String... data) {
        return Arrays.stream(data)
                .map(d -> new NewRecord("key", d.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<String> all(ShardLog log) throws IOException {
        List<String> data = new ArrayList<>();
        for (long at = 1; at < log.nextOrdinal(); ) {
            List<StoredRecord> records = log.read(at, 0, 100, 1000);
            assertThat(records).isNotEmpty();
            for (StoredRecord r : records) {
                assertThat(r.ordinal()).isEqualTo(at++);
                data.add(new String(r.data(), StandardCharsets.UTF_8));
            }
        }
        return data;
    }

    private static Path onlySegment(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(Segment::isSegment).findFirst().orElseThrow();
        }
    }

    @Test
    void tailCutAtAnyByteLosesTheUnfinishedEntryAlone() throws Exception {
        try (ShardLog log = open(dir.resolve("whole"))) {
            log.append(batch("first", "second"), 10);
            log.append(batch("torn"), 20);
        }
        byte[] whole = Files.readAllBytes(onlySegment(dir.resolve("whole")));
        int lastEntry = EntryFormat.HEADER_BYTES + EntryFormat.MIN_BODY_BYTES + 3 + 4;
        for (int cut = 1; cut <= lastEntry; cut++) {
            Path copy = Files.createDirectories(dir.resolve("cut" + cut));
            Path segment = copy.resolve(onlySegment(dir.resolve("whole")).getFileName());
            Files.write(segment, Arrays.copyOf(whole, whole.length - cut));
            try (ShardLog log = open(copy)) {
                assertThat(all(log)).containsExactly("first", "second");
                assertThat(log.append(batch("next"), 30)).isEqualTo(3);
                assertThat(all(log)).containsExactly("first", "second", "next");
            }
        }
    }

    @Test
    void everyCorruptByteOfTheTailIsDetected() throws Exception {
        try (ShardLog log = open(dir.resolve("whole"))) {
            log.append(batch("first", "torn"), 10);
        }
        byte[] whole = Files.readAllBytes(onlySegment(dir.resolve("whole")));
        int lastEntry = EntryFormat.HEADER_BYTES + EntryFormat.MIN_BODY_BYTES + 3 + 4;
        for (int at = whole.length - lastEntry; at < whole.length; at++) {
            byte[] corrupt = whole.clone();
            corrupt[at] ^= 0x41;
            Path copy = Files.createDirectories(dir.resolve("corrupt" + at));
            Files.write(copy.resolve(onlySegment(dir.resolve("whole")).getFileName()), corrupt);
            try (ShardLog log = open(copy)) {
                assertThat(all(log)).containsExactly("first");
            }
        }
    }

    @Test
    void tailOfZerosIsNoRecord() throws Exception {
        try (ShardLog log = open(dir)) {
            log.append(batch("first"), 10);
        }
        Path segment = onlySegment(dir);
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length + 4096));
        try (ShardLog log = open(dir)) {
            assertThat(all(log)).containsExactly("first");
        }
    }

    @Test
    void recordsAreFoundAcrossSegmentsBeforeAndAfterReopening() throws Exception {
        List<String> expected =
                IntStream.range(0, 300).mapToObj(i -> i + "x".repeat(i * 10)).toList();
        try (ShardLog log = ShardLog.open(dir, 50_000, Durability.PROCESS)) {
            for (int i = 0; i < 300; i++) {
                log.append(batch(expected.get(i)), 1000 + i / 3);
            }
            assertThat(all(log)).isEqualTo(expected);
            assertThat(log.ordinalAtTime(1050)).isEqualTo(151);
        }
        try (ShardLog log = ShardLog.open(dir, 50_000, Durability.PROCESS)) {
            assertThat(all(log)).isEqualTo(expected);
            for (int second = 0; second < 100; second++) {
                assertThat(log.ordinalAtTime(1000 + second)).isEqualTo(1 + 3 * second);
            }
            assertThat(log.ordinalAtTime(5000)).isEqualTo(301);
        }
    }

    @Test
    void corruptionInsideAnOldSegmentIsReportedNotSkipped() throws Exception {
        try (ShardLog log = ShardLog.open(dir, 100, Durability.PROCESS)) {
            for (int i = 0; i < 20; i++) {
                log.append(batch("record" + i), 10);
            }
        }
        Path oldest;
        try (var files = Files.list(dir)) {
            oldest = files.sorted().findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(oldest);
        bytes[bytes.length - 1] ^= 1;
        Files.write(oldest, bytes);
        try (ShardLog log = ShardLog.open(dir, 100, Durability.PROCESS)) {
            assertThatThrownBy(() -> log.read(1, 0, 100, 1000))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("checksum");
        }
    }

    @Test
    void arrivalNeverFallsEvenIfTheClockDoes() throws Exception {
        try (ShardLog log = open(dir)) {
            log.append(batch("a"), 100);
            log.append(batch("b"), 50);
            assertThat(log.read(1, 0, 10, 1000))
                    .extracting(StoredRecord::arrivalMillis)
                    .containsExactly(100L, 100L);
        }
    }

    @Test
    void recordsFlushedToDiskReadTheSame() throws Exception {
        try (ShardLog log = ShardLog.open(dir, SEGMENT_BYTES, Durability.MACHINE)) {
            log.append(batch("a", "b"), 1);
        }
        try (ShardLog log = open(dir)) {
            assertThat(all(log)).containsExactly("a", "b");
        }
    }
}
