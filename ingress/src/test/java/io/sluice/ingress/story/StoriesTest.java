package io.sluice.ingress.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.sinks.archive.ArchiveFile;
import io.sluice.sinks.archive.ArchiveReading;
import io.sluice.sinks.archive.FolderArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds and errors of looking for a story. */
class StoriesTest {
    private static final String ID = "req_1";
    private static final long MADE = 1_795_770_000_000L; // 2026-11-27T09:00:00Z

    @TempDir Path folder;

    private final AtomicLong clock = new AtomicLong(MADE + 60_000);
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @Test
    void isToldWithCountersAndNoOtherField() throws IOException {
        ArchivedStory.write(folder, "acme", ID, MADE);
        ObjectNode story = stories(Runnable::run).of("acme", ID, "acme", MADE).join();
        assertThat(story.path("ended").asBoolean()).isTrue();
        assertThat(story.path("steps").findValuesAsText("title"))
                .containsExactly("the request came", "its call ended");
        assertThat(story.at("/steps/0/counters/0/after").asText()).isEqualTo("1");
        assertThat(story.path("searched_to").asText()).startsWith("2026-11-27T10:");
        assertThat(story.toString()).doesNotContain(ArchivedStory.CANARY);
    }

    @Test
    void whoAsksNeverReads() throws IOException {
        ArchivedStory.write(folder, "acme", ID, MADE);
        CompletableFuture<ObjectNode> story = stories(waiting::add).of("acme", ID, "acme", MADE);
        assertThat(story).as("on the threads of the archive alone").isNotDone();
        waiting.remove().run();
        assertThat(story).isCompleted();
    }

    @Test
    void withoutAnArchiveItIsSaid() {
        Stories none = new Stories(null, InstantSource.system(), Runnable::run);
        refused(none.of("acme", ID, "acme", MADE), 501, "set SLUICE_AUDIT");
    }

    @Test
    void aYoungRequestIsToBeAskedForAgainAndAnOldOneNot() {
        Stories stories = stories(Runnable::run);
        ObjectNode story = stories.of("acme", ID, "acme", MADE).join();
        assertThat(story.path("steps")).isEmpty();
        assertThat(story.path("ended").asBoolean(true)).isFalse();
        assertThat(story.path("detail").asText()).contains("next checkpoint is complete");
        clock.set(MADE + 3_600_000);
        refused(stories.of("acme", ID, "acme", MADE), 404, "No record of this request is in the");
    }

    @Test
    void anotherTenantsRequestIsAsOneThatIsNotThere() throws IOException {
        ArchivedStory.write(folder, "acme", ID, MADE);
        clock.set(MADE + 3_600_000);
        refused(stories(Runnable::run).of("rival", ID, "rival", MADE), 404, "No record");
        assertThat(stories(Runnable::run).of("_admin", ID, null, MADE)).isCompleted();
    }

    @Test
    void damageIsSaidWithoutThePlaceOfTheArchive() throws IOException {
        Path file = ArchivedStory.write(folder, "acme", ID, MADE);
        Files.write(file, new byte[] {1, 2, 3});
        String detail =
                refused(
                        stories(Runnable::run).of("acme", ID, "acme", MADE),
                        503,
                        "cannot be read now");
        assertThat(detail).doesNotContain(folder.toString(), ".parquet");
    }

    @Test
    void whatTakesTooLongEnds() throws IOException {
        ArchivedStory.write(folder, "acme", ID, MADE);
        InstantSource late = () -> java.time.Instant.ofEpochMilli(clock.addAndGet(20_000));
        Stories stories = new Stories(new FolderArchive(folder), late, Runnable::run);
        refused(stories.of("acme", ID, "acme", MADE), 504, "bin/sluice audit show");
    }

    @Test
    void aCallerHasOneStoryAtATime() throws IOException {
        ArchivedStory.write(folder, "acme", ID, MADE);
        Stories stories = stories(waiting::add);
        CompletableFuture<ObjectNode> first = stories.of("acme", ID, "acme", MADE);
        refused(stories.of("acme", ID, "acme", MADE), 503, "Other stories");
        CompletableFuture<ObjectNode> others = stories.of("rival", ID, "rival", MADE);
        waiting.remove().run();
        assertThat(first).isCompleted();
        assertThat(others).isNotDone();
        assertThat(stories.of("acme", ID, "acme", MADE)).as("it has its turn again").isNotDone();
    }

    @Test
    void whoFindsNoRoomMayComeAgain() throws IOException {
        ArchivedStory.write(folder, "acme", ID, MADE);
        boolean[] full = {true};
        Stories stories =
                stories(
                        work -> {
                            if (full[0]) {
                                throw new RejectedExecutionException("full");
                            }
                            work.run();
                        });
        refused(stories.of("acme", ID, "acme", MADE), 503, "Other stories");
        full[0] = false;
        assertThat(stories.of("acme", ID, "acme", MADE)).isCompleted();
    }

    @Test
    void whatNobodyThoughtOfGivesTheTurnBackToo() {
        ArchiveReading broken =
                new ArchiveReading() {
                    @Override
                    public List<String> list(String name) {
                        throw new IllegalStateException("broken");
                    }

                    @Override
                    public ArchiveFile open(String name) {
                        throw new IllegalStateException("broken");
                    }
                };
        Stories stories = new Stories(broken, InstantSource.system(), Runnable::run);
        for (int i = 0; i < 2; i++) {
            assertThat(stories.of("acme", ID, "acme", MADE))
                    .isCompletedExceptionally()
                    .failsWithin(java.time.Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("broken");
        }
    }

    private Stories stories(Executor threads) {
        return new Stories(
                new FolderArchive(folder),
                () -> java.time.Instant.ofEpochMilli(clock.get()),
                threads);
    }

    private static String refused(CompletableFuture<ObjectNode> story, int status, String detail) {
        assertThat(story).isCompletedExceptionally();
        Throwable failure = story.handle((told, thrown) -> thrown).join();
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(cause).isInstanceOf(ProblemException.class).hasMessageContaining(detail);
        assertThat(((ProblemException) cause).problem().status()).isEqualTo(status);
        return cause.getMessage();
    }
}
