package io.sluice.pipeline.model;

import io.sluice.contract.AttemptItem;
import io.sluice.contract.Isolation;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.Stage;
import io.sluice.sinks.aws.StoreException;
import io.sluice.sinks.ledger.AttemptStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Attempts in memory; answers at once or with the failures it was given. */
final class ScriptedAttemptStore implements AttemptStore {
    final TreeMap<String, AttemptItem> items = new TreeMap<>();
    final List<String> operations = new ArrayList<>();
    final Deque<FailureKind> failuresToCome = new ArrayDeque<>();

    /** Does what it is told and then fails nevertheless, as a lost answer looks. */
    boolean losingAnswers;

    boolean isClosed;

    @Override
    public CompletableFuture<AttemptItem> claim(AttemptItem claim, Stage stage) {
        return answer(
                "claim",
                () -> {
                    AttemptItem earlier = items.putIfAbsent(key(claim), claim);
                    return earlier == null ? claim : earlier;
                });
    }

    @Override
    public CompletableFuture<Optional<AttemptItem>> finish(AttemptItem finished) {
        return answer(
                "finish",
                () -> {
                    items.computeIfPresent(
                            key(finished), (k, now) -> isClaimed(now, finished) ? finished : now);
                    return Optional.ofNullable(items.get(key(finished)));
                });
    }

    @Override
    public CompletableFuture<Void> release(AttemptItem claim) {
        return answer(
                "release",
                () -> {
                    items.computeIfPresent(
                            key(claim), (k, now) -> isClaimed(now, claim) ? null : now);
                    return null;
                });
    }

    @Override
    public CompletableFuture<List<AttemptItem>> read(
            String tenantId, String requestId, Isolation isolation) {
        return answer("read", () -> attemptsOf(tenantId, requestId));
    }

    @Override
    public void close() {
        isClosed = true;
    }

    List<AttemptItem> attemptsOf(String tenantId, String requestId) {
        return items.values().stream()
                .filter(item -> item.tenantId().equals(tenantId))
                .filter(item -> item.requestId().equals(requestId))
                .toList();
    }

    /** Puts an attempt there as an earlier run left it. */
    void put(AttemptItem item) {
        items.put(key(item), item);
    }

    private synchronized <T> CompletableFuture<T> answer(String operation, Supplier<T> work) {
        operations.add(operation);
        FailureKind failure = failuresToCome.poll();
        T answer = failure == null || losingAnswers ? work.get() : null;
        return failure == null
                ? CompletableFuture.completedFuture(answer)
                : CompletableFuture.failedFuture(
                        new StoreException(failure, "as told", new IllegalStateException("told")));
    }

    private static boolean isClaimed(AttemptItem now, AttemptItem other) {
        return now.isOpen() && now.runId().equals(other.runId());
    }

    private static String key(AttemptItem item) {
        return item.tenantId() + '/' + item.rangeKey();
    }
}
