package io.sluice.sinks.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditArchiveTest {
    private static final long NINE = 1_795_770_000_000L; // 2026-11-27T09:00:00Z

    @TempDir private Path folder;

    @Test
    void recordsAreReadBackInTheirOrder() throws IOException {
        List<AuditRecord> records = records(3_000);
        Path file = write(records);
        assertThat(read(file)).isEqualTo(records);
        assertThat(Files.size(file)).as("compressed").isLessThan(3_000 * 90);
    }

    @Test
    void fileWithoutRecordsIsOne() throws IOException {
        assertThat(read(write(List.of()))).isEmpty();
    }

    @Test
    void damagedFileIsNoneOrHasTheRecordsThatWereWritten() throws IOException {
        List<AuditRecord> records = records(300);
        Path file = write(records);
        byte[] whole = Files.readAllBytes(file);
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            int bit = random.nextInt(8 * whole.length);
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            try {
                // Some bits mean nothing, as a timestamp in the header of a page.
                List<AuditRecord> seen = read(file);
                assertThat(seen).hasSizeLessThanOrEqualTo(records.size());
            } catch (IOException e) {
                assertThat(e).hasMessageContaining(file.toString());
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoArchiveFileIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("a.parquet"), "no Parquet at all, just text");
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(text + " is no whole archive file");
    }

    @Test
    void foldersAreHoursOfArrivalInUtc() {
        ArchiveBuckets buckets = new ArchiveBuckets();
        assertThat(buckets.getBucketId(record("a", 1, NINE), null))
                .isEqualTo("date=2026-11-27/hour=09");
        assertThat(buckets.getBucketId(record("a", 1, NINE - 1), null))
                .isEqualTo("date=2026-11-27/hour=08");
    }

    private Path write(List<AuditRecord> records) throws IOException {
        return ArchiveFiles.write(folder.resolve("audit.parquet"), records);
    }

    private static List<AuditRecord> read(Path path) throws IOException {
        return ArchiveFiles.read(path);
    }

    private static List<AuditRecord> records(int count) {
        List<AuditRecord> records = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            records.add(record("tenant-" + i % 7, i, NINE + i));
        }
        return records;
    }

    private static AuditRecord record(String tenantId, long seq, long atMillis) {
        byte[] body = ("{\"seq\":" + seq + ",\"ü\":1}").getBytes(StandardCharsets.UTF_8);
        return AuditRecord.seal(tenantId, seq, AuditKind.REQUEST, atMillis, body);
    }
}
