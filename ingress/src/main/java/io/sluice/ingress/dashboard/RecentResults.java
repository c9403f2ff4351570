package io.sluice.ingress.dashboard;

import io.sluice.contract.ResultItem;
import io.sluice.ingress.result.ResultStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The newest results of a tenant, without their answers: a bounded sample. The table is read only
 * while the tenant's usage moves. One refresh at a time.
 */
final class RecentResults {
    /** Results that one read looks at. */
    static final int LOOKED_AT = 100;

    /** Results that are kept. */
    static final int KEPT = 200;

    /** How long after a move of usage results may still come in, which are written apart. */
    static final long AFTERWARDS_MILLIS = 10_000;

    private final ResultStore store;
    private final String tenantId;
    // Ids sort by the time of their issue.
    private final TreeMap<String, ResultItem> results = new TreeMap<>(Comparator.reverseOrder());
    private boolean read;
    private long seen;
    private long movedAtMillis = Long.MIN_VALUE;
    private long readAtMillis = Long.MIN_VALUE;

    RecentResults(ResultStore store, String tenantId) {
        this.store = store;
        this.tenantId = tenantId;
    }

    /** Whether there may be results that were not read yet. */
    boolean mayHaveMoved(long nowMillis, long usageFingerprint) {
        if (usageFingerprint != seen) {
            seen = usageFingerprint;
            movedAtMillis = nowMillis;
        }
        // However long its turn took to come, it is read once after they all are there.
        return !read || readAtMillis < movedAtMillis + AFTERWARDS_MILLIS;
    }

    CompletableFuture<Void> refresh(long nowMillis) {
        return store.newest(tenantId, read ? LOOKED_AT : KEPT)
                .thenAccept(
                        found -> {
                            found.forEach(item -> results.put(item.requestId(), item));
                            while (results.size() > KEPT) {
                                results.pollLastEntry();
                            }
                            read = true;
                            readAtMillis = nowMillis;
                        });
    }

    boolean isRead() {
        return read;
    }

    /** When it was read last, epoch milliseconds; very long ago if it never was. */
    long readAtMillis() {
        return readAtMillis;
    }

    /** Newest first. */
    List<ResultItem> results() {
        return new ArrayList<>(results.values());
    }
}
