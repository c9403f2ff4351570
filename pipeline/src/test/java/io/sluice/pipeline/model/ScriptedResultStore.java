package io.sluice.pipeline.model;

import io.sluice.contract.Isolation;
import io.sluice.contract.ResultItem;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreException;
import io.sluice.sinks.result.ResultStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Results in memory; answers at once or with the failures it was given. */
final class ScriptedResultStore implements ResultStore {
    final Map<String, ResultItem> items = new HashMap<>();
    final List<ResultItem> puts = new ArrayList<>();
    final Deque<FailureKind> failuresToCome = new ArrayDeque<>();

    /** While set, puts are stored and answered only by {@link #answerHeld()}. */
    boolean holding;

    private final Deque<Runnable> held = new ArrayDeque<>();

    /** Stores the item and then fails nevertheless, as a lost answer looks. */
    boolean losingAnswers;

    @Override
    public synchronized CompletableFuture<ResultItem> putFinal(ResultItem item) {
        puts.add(item);
        FailureKind failure = failuresToCome.poll();
        if (failure != null && !losingAnswers) {
            return failed(failure);
        }
        ResultItem earlier = items.putIfAbsent(item.requestId(), item);
        if (failure != null) {
            return failed(failure);
        }
        ResultItem standing = earlier == null ? item : earlier;
        if (holding) {
            CompletableFuture<ResultItem> answer = new CompletableFuture<>();
            held.add(() -> answer.complete(standing));
            return answer;
        }
        return CompletableFuture.completedFuture(standing);
    }

    @Override
    public synchronized CompletableFuture<Optional<ResultItem>> find(
            String tenantId, String requestId, Isolation isolation) {
        return CompletableFuture.completedFuture(Optional.ofNullable(items.get(requestId)));
    }

    /** Answers the puts that were held until now. */
    void answerHeld() {
        for (int left = held.size(); left > 0; left--) {
            held.remove().run();
        }
    }

    @Override
    public void close() {}

    private static CompletableFuture<ResultItem> failed(FailureKind kind) {
        return CompletableFuture.failedFuture(
                new StoreException(kind, "as told", new IllegalStateException("as told")));
    }
}
