package io.sluice.ingress.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.ingress.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // not every record is of interest
class EventWriterTest {
    private final ScriptedStream stream = new ScriptedStream();
    private EventWriter writer = writer(settings(Duration.ofMillis(1), Duration.ofSeconds(30)));

    @AfterEach
    void stop() throws InterruptedException {
        await().until(
                        () -> {
                            stream.calls().forEach(ScriptedStream.Call::succeed);
                            return writer.pending() == 0;
                        });
        writer.close();
    }

    @Test
    void firstRecordIsSentAtOnce() {
        append("a");
        assertThat(stream.calls()).hasSize(1);
    }

    @Test
    void pauseRefusesNewRecordsAndLetsTakenOnesBeStored() {
        AtomicLong leftMillis = new AtomicLong();
        writer = writer(settings(Duration.ofMillis(1), Duration.ofSeconds(30)), leftMillis::get);
        CompletableFuture<Void> before = append("before");
        leftMillis.set(1_500);
        CompletableFuture<Void> during = append("during");
        assertUnavailable(during);
        stream.call(0).succeed();
        assertThat(before).isCompleted();
        leftMillis.set(0);
        append("after");
        await().until(() -> stream.calls().size() == 2);
    }

    @Test
    void acknowledgementComesOnlyWhenTheRecordIsStored() {
        CompletableFuture<Void> a = append("a");
        assertThat(a).isNotDone();
        stream.call(0).succeed();
        assertThat(a).isCompleted();
        assertThat(writer.pending()).isZero();
    }

    @Test
    void recordsGatherWhileACallIsInFlight() {
        writer = writer(settings(Duration.ofMinutes(1), Duration.ofMinutes(2)));
        append("a");
        append("b");
        append("c");
        assertThat(stream.calls()).hasSize(1);
        stream.call(0).succeed();
        assertThat(stream.call(1).keys()).containsExactly("b", "c");
    }

    @Test
    void aCallHoldsBackTheNextForEachRecordThatItCarried() {
        // A minute for each record is as good as forever.
        writer = writer(pausing(Duration.ofHours(1), Duration.ofMinutes(1)));
        append("a");
        stream.call(0).succeed();
        append("b");
        append("c");
        assertThat(stream.calls()).hasSize(1);
        for (int i = 0; i < 3; i++) {
            append("full" + i);
        }
        assertThat(stream.call(1).keys()).startsWith("b", "c");
    }

    @Test
    void aPauseEndsByTimeAlthoughALongerWaitWasSetBefore() {
        writer = writer(pausing(Duration.ofHours(1), Duration.ofMillis(200)));
        append("a");
        append("b"); // waits for the call, an hour at most
        stream.call(0).succeed(); // and from now on for the pause
        assertThat(stream.calls()).hasSize(1);
        await().until(() -> stream.calls().size() == 2);
        assertThat(stream.call(1).keys()).containsExactly("b");
    }

    @Test
    void noPauseIsLongerThanTheLinger() {
        writer = writer(pausing(Duration.ofMillis(1), Duration.ofHours(1)));
        append("a");
        stream.call(0).succeed();
        append("b");
        await().until(() -> stream.calls().size() == 2);
    }

    @Test
    void lingeringEndsByTime() {
        append("a");
        append("b");
        await().until(() -> stream.calls().size() == 2);
        assertThat(stream.call(1).keys()).containsExactly("b");
    }

    @Test
    void fullBatchDoesNotLinger() {
        writer = writer(settings(Duration.ofMinutes(1), Duration.ofMinutes(2)));
        append("a");
        for (int i = 0; i < 5; i++) {
            append("b" + i);
        }
        assertThat(stream.calls()).hasSize(2);
        assertThat(stream.call(1).records).hasSize(5);
    }

    @Test
    void batchesAreBoundedInBytes() {
        writer = writer(settings(Duration.ofMinutes(1), Duration.ofMinutes(2)));
        append("a");
        writer.append(new StreamRecord("b", new byte[600]));
        writer.append(new StreamRecord("c", new byte[600]));
        assertThat(stream.call(1).keys()).containsExactly("b");
    }

    @Test
    void onlyTheFailedRecordsAreSentAgain() {
        writer = writer(settings(Duration.ofMinutes(1), Duration.ofMinutes(2)));
        append("a");
        CompletableFuture<Void> b = append("b");
        CompletableFuture<Void> c = append("c");
        CompletableFuture<Void> d = append("d");
        stream.call(0).succeed();
        stream.call(1).failAt(1);
        assertThat(b).isCompleted();
        assertThat(d).isCompleted();
        assertThat(c).isNotDone();
        await().until(() -> stream.calls().size() == 3);
        assertThat(stream.call(2).keys()).containsExactly("c");
        stream.call(2).succeed();
        assertThat(c).isCompleted();
    }

    @Test
    void failedCallIsMadeAgain() {
        CompletableFuture<Void> a = append("a");
        stream.call(0).answer.completeExceptionally(new IllegalStateException("timeout"));
        await().until(() -> stream.calls().size() == 2);
        assertThat(a).isNotDone();
        stream.call(1).succeed();
        assertThat(a).isCompleted();
    }

    @Test
    void refusedCallIsNotMadeAgain() {
        CompletableFuture<Void> a = append("a");
        stream.call(0).answer.completeExceptionally(new IllegalArgumentException("no stream"));
        assertUnavailable(a);
        assertThat(stream.calls()).hasSize(1);
    }

    @Test
    void recordThatIsNotStoredByItsDeadlineIsGivenUpAndNotSentAgain() {
        writer = writer(settings(Duration.ofMinutes(1), Duration.ofMillis(50)));
        append("a");
        CompletableFuture<Void> b = append("b");
        await().until(b::isDone);
        assertUnavailable(b);
        stream.call(0).succeed();
        assertThat(stream.calls()).hasSize(1);
        assertThat(writer.pending()).isZero();
    }

    @Test
    void whatDoesNotFitIsRefusedAtOnceAndNothingElseIsLost() {
        List<CompletableFuture<Void>> accepted =
                java.util.stream.IntStream.range(0, 20).mapToObj(i -> append("r" + i)).toList();
        CompletableFuture<Void> refused = append("one too many");
        assertUnavailable(refused);
        await().until(
                        () -> {
                            stream.calls().forEach(ScriptedStream.Call::succeed);
                            return writer.pending() == 0;
                        });
        assertThat(accepted).allMatch(f -> !f.isCompletedExceptionally());
        assertThat(append("room again")).isNotDone();
    }

    @Test
    void bytesAreBoundedToo() {
        CompletableFuture<Void> big = writer.append(new StreamRecord("k", new byte[100_001]));
        assertUnavailable(big);
    }

    @Test
    void noMoreCallsAtATimeThanAllowed() {
        for (int i = 0; i < 20; i++) {
            append("r" + i);
        }
        await().until(() -> stream.calls().size() == 2);
        // Two in flight are the bound; the rest waits even when the linger time is over.
        await().during(Duration.ofMillis(50)).until(() -> stream.calls().size() == 2);
    }

    @Test
    void closingWaitsForWhatIsPending() throws Exception {
        CompletableFuture<Void> a = append("a");
        CompletableFuture<Void> closed =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                writer.close();
                            } catch (InterruptedException e) {
                                throw new CompletionException(e);
                            }
                        });
        assertThat(closed).isNotDone();
        stream.call(0).succeed();
        closed.get(10, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(a).isCompleted();
    }

    private CompletableFuture<Void> append(String key) {
        return writer.append(new StreamRecord(key, new byte[10]));
    }

    private static void assertUnavailable(CompletableFuture<Void> future) {
        Throwable thrown = catchThrowable(future::join);
        assertThat(thrown).hasCauseInstanceOf(ProblemException.class);
        assertThat(((ProblemException) thrown.getCause()).problem().status()).isEqualTo(503);
    }

    private EventWriter writer(WriterSettings settings) {
        return writer(settings, WritePauses.NONE);
    }

    private EventWriter writer(WriterSettings settings, WritePauses pauses) {
        return new EventWriter(
                stream,
                settings,
                pauses,
                Ticker.systemTicker(),
                new SimpleMeterRegistry(),
                attempt -> 1);
    }

    private static WriterSettings pausing(Duration linger, Duration pausePerRecord) {
        return new WriterSettings(
                5, 1_000, linger, pausePerRecord, 2, 20, 100_000, Duration.ofHours(2));
    }

    private static WriterSettings settings(Duration linger, Duration deadline) {
        return new WriterSettings(5, 1_000, linger, Duration.ZERO, 2, 20, 100_000, deadline);
    }
}
