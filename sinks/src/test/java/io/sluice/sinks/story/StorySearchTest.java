package io.sluice.sinks.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.ArchiveFiles;
import io.sluice.sinks.archive.ArchiveReading;
import io.sluice.sinks.archive.FolderArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorySearchTest {
    private static final String MADE = "2026-11-27T09:30:00Z";
    private static final long MADE_MILLIS = StoryRecords.millis(MADE);

    @TempDir private Path folder;

    private final List<String> seen = new ArrayList<>();
    private final StoryRecords acme = new StoryRecords("acme");

    @Test
    void findsWhatLiesInSeveralHoursAndNothingElse() throws IOException {
        file("09/a", acme.invoked("req_0", MADE, MADE), acme.invoked("req_1", MADE, MADE));
        file("10/a", acme.settled("req_0", "2026-11-27T10:10:00Z"));
        file("10/b", acme.settled("req_1", "2026-11-27T10:40:00Z"));
        assertThat(seqs(search("req_1", "acme"))).containsExactly(2L, 4L);
    }

    @Test
    void readsOnlyHoursInWhichRecordsCanBe() throws IOException {
        file("05/a", acme.settled("req_1", "2026-11-27T05:10:00Z"));
        file("09/a", acme.invoked("req_1", MADE, "2026-11-27T09:31:00Z"));
        file("09/b", acme.settled("req_1", "2026-11-27T09:31:00Z"));
        file("13/a", acme.settled("req_1", "2026-11-27T13:10:00Z"));
        assertThat(seqs(search("req_1", "acme"))).containsExactly(2L, 3L);
        assertThat(seen).allMatch(name -> name.matches(".*hour=(08|09|10)/[ab].parquet"));
    }

    @Test
    void nothingIsReadPastTheHourAfterAnIdOfWhichThereIsNoRequest() throws IOException {
        file("09/a", acme.invoked("req_0", MADE, MADE));
        file("11/a", acme.settled("req_1", "2026-11-27T11:10:00Z"));
        assertThat(search("req_1", "acme")).isEmpty();
        assertThat(seen).containsExactly("date=2026-11-27/hour=09/a.parquet");
    }

    @Test
    void anEndThatCameHoursLateBecauseTheJobStoodStillIsFound() throws IOException {
        file("09/a", acme.invoked("req_1", MADE, "2026-11-27T09:31:00Z"));
        file("20/a", acme.settled("req_1", "2026-11-27T20:10:00Z"));
        StorySearch search = new StorySearch(archive(), "req_1", "acme", () -> false);
        assertThat(seqs(search.from(MADE_MILLIS))).containsExactly(1L, 2L);
        assertThat(search.searchedToMillis())
                .isLessThan(StoryRecords.millis("2026-11-27T22:00:00Z"));
    }

    @Test
    void anEndThatNeverCameIsLookedForForADay() throws IOException {
        file("09/a", acme.invoked("req_1", MADE, "2126-11-27T09:31:00Z"));
        StorySearch search = new StorySearch(archive(), "req_1", null, () -> false);
        assertThat(search.from(MADE_MILLIS).orElseThrow().ended()).isFalse();
        assertThat(search.searchedToMillis()).isEqualTo(MADE_MILLIS + 24 * 3_600_000L);
    }

    @Test
    void anotherTenantsRecordsAreNeverTold() throws IOException {
        StoryRecords rival = new StoryRecords("rival");
        file(
                "09/a",
                rival.command("cancel", MADE, "req_1", "withdrawn"),
                acme.invoked("req_1", MADE, MADE));
        for (String tenant : new String[] {"acme", null}) {
            Story story = search("req_1", tenant).orElseThrow();
            assertThat(story.tenantId()).isEqualTo("acme");
            assertThat(story.text()).doesNotContain("rival", "cancel");
        }
        assertThat(search("req_1", "rival")).as("it has no request of that id").isEmpty();
    }

    @Test
    void rowGroupsOfOtherTimesAreLeftOut() throws IOException {
        file("09/a", acme.invoked("req_0", "2026-11-27T09:00:00Z", MADE));
        StorySearch near = new StorySearch(archive(), "req_1", "acme", () -> false);
        assertThat(near.from(StoryRecords.millis("2026-11-27T09:59:00Z"))).isEmpty();
        assertThat(near.recordsRead()).isEqualTo(1);
        StorySearch far = new StorySearch(archive(), "req_1", "acme", () -> false);
        assertThat(far.from(StoryRecords.millis("2026-11-27T10:00:01Z"))).isEmpty();
        assertThat(far.recordsRead()).as("the hour's file is of no use").isZero();
    }

    @Test
    void stopsWhenItIsEnough() throws IOException {
        file("09/a", acme.invoked("req_0", MADE, MADE));
        assertThatThrownBy(
                        () ->
                                new StorySearch(archive(), "req_1", "acme", () -> true)
                                        .from(MADE_MILLIS))
                .isInstanceOf(SearchStoppedException.class);
    }

    @Test
    void stopsInTheMiddleOfALargeFile() throws IOException {
        AuditRecord[] many = new AuditRecord[3_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = acme.settled("req_" + i, MADE);
        }
        file("09/a", many);
        int[] asked = {0};
        StorySearch search = new StorySearch(archive(), "req_1", "acme", () -> ++asked[0] > 2);
        assertThatThrownBy(() -> search.from(MADE_MILLIS))
                .isInstanceOf(SearchStoppedException.class);
        assertThat(search.recordsRead()).isEqualTo(2_048);
    }

    @Test
    void halfWrittenFilesAreNotReadAndDamagedOnesAreSaid() throws IOException {
        Path whole = file("09/a", acme.invoked("req_1", MADE, MADE));
        Files.write(whole.resolveSibling(".b.parquet.inprogress.1"), new byte[] {1, 2, 3});
        Files.write(whole.resolveSibling("notes.txt"), new byte[] {1, 2, 3});
        Files.write(whole.resolveSibling(".d.parquet"), new byte[] {1, 2, 3});
        assertThat(search("req_1", "acme")).isPresent();
        Files.write(whole.resolveSibling("c.parquet"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> search("req_1", "acme"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no whole archive file");
    }

    @Test
    void aFileInMemoryIsReadAsOneOnTheDisk() throws IOException {
        AuditRecord record = acme.invoked("req_1", MADE, MADE);
        Path path = file("09/a", record);
        try (ArchiveFile file = ArchiveFile.open(Files.readAllBytes(path), "a")) {
            assertThat(file.next()).isEqualTo(record);
            assertThat(file.next()).isNull();
        }
    }

    @Test
    void aFileThatWasWrittenWithoutFlinkIsOne() throws IOException {
        AuditRecord record = acme.invoked("req_1", MADE, MADE);
        Path flinks = file("09/a", record);
        Path own = folder.resolve("own.parquet");
        ArchiveFile.write(own, List.of(record));
        assertThat(Files.readAllBytes(own)).isEqualTo(Files.readAllBytes(flinks));
    }

    @Test
    void anArchiveThatIsNotThereHasNothing() throws IOException {
        assertThat(search("req_1", "acme")).isEmpty();
    }

    private Optional<Story> search(String requestId, String tenantId) throws IOException {
        return new StorySearch(archive(), requestId, tenantId, () -> false).from(MADE_MILLIS);
    }

    private ArchiveReading archive() {
        FolderArchive archive = new FolderArchive(folder);
        return new ArchiveReading() {
            @Override
            public List<String> list(String name) throws IOException {
                return archive.list(name);
            }

            @Override
            public ArchiveFile open(String name) throws IOException {
                seen.add(name);
                return archive.open(name);
            }
        };
    }

    private Path file(String hourAndName, AuditRecord... records) throws IOException {
        return ArchiveFiles.write(
                folder.resolve("date=2026-11-27/hour=" + hourAndName + ".parquet"),
                List.of(records));
    }

    private static List<Long> seqs(Optional<Story> story) {
        return story.orElseThrow().steps().stream()
                .map(StoryStep::seq)
                .collect(Collectors.toList());
    }
}
