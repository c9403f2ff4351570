package io.sluice.ingress.result;

import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where results are read. Reads of single results see every write made before. */
public interface ResultStore {
    /** Keys that {@link #find} takes at once. */
    int MOST_KEYS = 100;

    /** The pause before what a throttled table left out is read again. */
    long UNREAD_PAUSE_MILLIS = 50;

    /** What a batch read found; keys in neither are known to have no result. */
    record Found(Map<ResultKey, ResultItem> items, Set<ResultKey> unread) {}

    /** One page of a listing; {@code last} is where the next begins, null at the end. */
    record Page(List<ResultItem> items, @Nullable String last) {}

    /** The result of one request. */
    CompletableFuture<Optional<ResultItem>> get(ResultKey key);

    /** The results of up to {@link #MOST_KEYS} requests. */
    CompletableFuture<Found> find(Set<ResultKey> keys);

    /** The results of up to {@link #MOST_KEYS} requests, all of them read. */
    default CompletableFuture<Map<ResultKey, ResultItem>> findAll(Set<ResultKey> keys) {
        return find(keys)
                .thenCompose(
                        found -> {
                            if (found.unread().isEmpty()) {
                                return CompletableFuture.completedFuture(found.items());
                            }
                            Executor later =
                                    CompletableFuture.delayedExecutor(
                                            UNREAD_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                            return CompletableFuture.supplyAsync(found::unread, later)
                                    .thenCompose(this::findAll)
                                    .thenApply(
                                            rest -> {
                                                Map<ResultKey, ResultItem> all =
                                                        new HashMap<>(found.items());
                                                all.putAll(rest);
                                                return all;
                                            });
                        });
    }

    /**
     * Results of a tenant from newest to oldest, with ids from {@code lowest} (inclusive) to {@code
     * highest} (exclusive); a page looks at {@code limit} of them, and holds those of {@code
     * status}.
     */
    CompletableFuture<Page> list(
            String tenantId,
            String lowest,
            String highest,
            @Nullable ResultStatus status,
            int limit);

    /**
     * The newest {@code most} results of a tenant, newest first, without their answers; fewer if
     * they are large. A read may miss what was written a moment ago.
     */
    CompletableFuture<List<ResultItem>> newest(String tenantId, int most);
}
