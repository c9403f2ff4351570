package io.sluice.ingress.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.stream.StreamRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchAppenderTest {
    private static final CompletableFuture<Void> STORED = CompletableFuture.completedFuture(null);

    @Test
    void nextWindowBeginsWhenTheOneBeforeIsStored() {
        List<CompletableFuture<Void>> calls = new CopyOnWriteArrayList<>();
        BatchAppender appender =
                new BatchAppender(
                        record -> {
                            CompletableFuture<Void> answer = new CompletableFuture<>();
                            calls.add(answer);
                            return answer;
                        });
        CompletableFuture<Void> done =
                CompletableFuture.runAsync(() -> appender.append(records(260, 10).iterator()));
        await().until(() -> calls.size() == BatchAppender.WINDOW_RECORDS);
        calls.subList(1, calls.size()).forEach(c -> c.complete(null));
        assertThat(calls).hasSize(BatchAppender.WINDOW_RECORDS);
        calls.get(0).complete(null);
        await().until(() -> calls.size() == 260);
        assertThat(done).isNotDone();
        calls.forEach(c -> c.complete(null));
        done.join();
    }

    @Test
    void largeRecordsMakeSmallWindows() {
        List<StreamRecord> calls = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> never = new CompletableFuture<>();
        BatchAppender appender =
                new BatchAppender(
                        record -> {
                            calls.add(record);
                            return never;
                        });
        CompletableFuture<Void> done =
                CompletableFuture.runAsync(() -> appender.append(records(20, 700_000).iterator()));
        await().until(() -> calls.size() == 6);
        never.complete(null);
        done.join();
        assertThat(calls).hasSize(20);
    }

    @Test
    void onlyWhatWasNotStoredIsAppendedAgain() {
        Map<StreamRecord, Integer> attempts = new HashMap<>();
        List<StreamRecord> records = records(5, 10);
        new BatchAppender(
                        record ->
                                attempts.merge(record, 1, Integer::sum) < 3
                                                && record.equals(records.get(2))
                                        ? refused()
                                        : STORED)
                .append(records.iterator());
        assertThat(attempts.values()).containsExactlyInAnyOrder(1, 1, 3, 1, 1);
    }

    @Test
    void streamThatDoesNotTakeItIsAProblem() {
        BatchAppender appender = new BatchAppender(record -> refused());
        assertThatThrownBy(() -> appender.append(records(1, 10).iterator()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("in time")
                .matches(e -> ((ProblemException) e).problem().status() == 503);
    }

    private static CompletableFuture<Void> refused() {
        return CompletableFuture.failedFuture(Problem.busy("full", 1).asException())
                .thenApply(never -> null);
    }

    private static List<StreamRecord> records(int count, int bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new StreamRecord("acme", new byte[bytes]))
                .toList();
    }
}
