package io.sluice.ingress.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.objects.ObjectStore;
import io.sluice.objects.ObjectStoreException;
import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.FolderArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an archive may lie. */
class ArchivePlaceTest {
    private static final String HOUR = "date=2026-11-27/hour=09";

    @TempDir Path folder;

    private final MapStore store = new MapStore();
    private final StoredArchive archive = new StoredArchive(store);

    @Test
    void settingNamesAFolderOrABucketOrNothing() {
        assertThat(ArchivePlace.opened("").reading()).isNull();
        assertThat(ArchivePlace.opened("/data/audit").reading()).isInstanceOf(FolderArchive.class);
        assertThat(ArchivePlace.opened("file:///data/audit").reading())
                .isInstanceOf(FolderArchive.class);
        for (String wrong : List.of("audit", "http://host/audit", "file:audit")) {
            assertThatThrownBy(() -> ArchivePlace.opened(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SLUICE_AUDIT is '" + wrong + "', expected");
        }
    }

    @Test
    void anHourOfABucketIsListedPageByPage() throws IOException {
        for (int i = 0; i < 2_345; i++) {
            store.objects.put(HOUR + "/audit-" + (10_000 + i) + ".parquet", new byte[0]);
        }
        store.objects.put("date=2026-11-27/hour=08/audit-1.parquet", new byte[0]);
        store.objects.put("date=2026-11-27/hour=10/audit-1.parquet", new byte[0]);
        assertThat(archive.list(HOUR))
                .hasSize(2_345)
                .isSorted()
                .startsWith("audit-10000.parquet")
                .endsWith("audit-12344.parquet");
        assertThat(archive.list("date=2026-11-27/hour=11")).isEmpty();
    }

    @Test
    void filesOfABucketAreReadAsThoseOfAFolder() throws IOException {
        Path file = ArchivedStory.write(folder, "acme", "req_1", 1_795_770_000_000L);
        store.objects.put(HOUR + "/a.parquet", Files.readAllBytes(file));
        try (ArchiveFile here = ArchiveFile.open(file);
                ArchiveFile there = archive.open(HOUR + "/a.parquet")) {
            assertThat(there.next()).isNotNull().isEqualTo(here.next());
            assertThat(there.next()).isNotNull().isEqualTo(here.next());
            assertThat(there.next()).isNull();
        }
    }

    @Test
    void whatCannotBeReadIsSaid() {
        store.objects.put("large", new byte[StoredArchive.LARGEST_BYTES + 1]);
        assertThatThrownBy(() -> archive.open("large"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reads a copy of the archive");
        assertThatThrownBy(() -> archive.open("gone"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not there any more");
        store.answers = false;
        assertThatThrownBy(() -> archive.list(HOUR)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> archive.open("large")).isInstanceOf(IOException.class);
    }

    /** A bucket: sorted by name. */
    private static final class MapStore implements ObjectStore {
        private final TreeMap<String, byte[]> objects = new TreeMap<>();
        private boolean answers = true;

        private <T> CompletableFuture<T> answer(T value) {
            return answers
                    ? CompletableFuture.completedFuture(value)
                    : CompletableFuture.failedFuture(
                            new ObjectStoreException(true, "no answer", null));
        }

        @Override
        public CompletableFuture<Void> putIfAbsent(String key, byte[] bytes) {
            throw new UnsupportedOperationException("it is only read");
        }

        @Override
        public CompletableFuture<Optional<byte[]>> get(String key, int most) {
            return answer(
                    Optional.ofNullable(objects.get(key))
                            .map(bytes -> Arrays.copyOf(bytes, Math.min(most, bytes.length))));
        }

        @Override
        public CompletableFuture<Void> delete(String key) {
            throw new UnsupportedOperationException("it is only read");
        }

        @Override
        public CompletableFuture<List<Entry>> list(String after, int limit) {
            return answer(
                    objects.tailMap(after == null ? "" : after, false).keySet().stream()
                            .limit(limit)
                            .map(key -> new Entry(key, 0))
                            .toList());
        }

        @Override
        public void close() {}
    }
}
