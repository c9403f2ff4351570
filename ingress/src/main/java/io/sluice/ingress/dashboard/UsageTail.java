package io.sluice.ingress.dashboard;

import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.ingress.usage.UsageStore;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A tenant's newest usage windows of one range. Windows that still move are read every time, all of
 * them every 15 s. A row never goes back to an older version, though reads may. One refresh at a
 * time.
 */
final class UsageTail {
    static final long WHOLE_EVERY_MILLIS = 15_000;

    private final UsageStore store;
    private final String tenantId;
    private final TimeRange range;
    private final Map<UsageKey, UsageItem> rows = new HashMap<>();
    private boolean read;
    private long wholeAtMillis;

    UsageTail(UsageStore store, String tenantId, TimeRange range) {
        this.store = store;
        this.tenantId = tenantId;
        this.range = range;
    }

    /** Reads what may have moved by {@code nowMillis}, epoch milliseconds. */
    CompletableFuture<Void> refresh(long nowMillis) {
        boolean whole = !read || nowMillis - wholeAtMillis >= WHOLE_EVERY_MILLIS;
        long from = whole ? range.fromMillis(nowMillis) : range.movingFromMillis(nowMillis);
        // One more: a clock of another node may be ahead.
        long to = range.toMillis(nowMillis) + range.granularity().lengthMillis();
        return store.windows(tenantId, range.granularity(), from, to)
                .thenAccept(
                        found -> {
                            found.forEach(this::keep);
                            long first = range.fromMillis(nowMillis);
                            rows.keySet().removeIf(key -> key.windowStartMillis() < first);
                            if (whole) {
                                read = true;
                                wholeAtMillis = nowMillis;
                            }
                        });
    }

    private void keep(UsageItem item) {
        rows.merge(item.key(), item, (old, seen) -> seen.version() < old.version() ? old : seen);
    }

    /** The windows as of the last refresh, in no order. */
    Collection<UsageItem> rows() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /** Changes whenever a row does. */
    long fingerprint() {
        return rows.values().stream().mapToLong(UsageItem::version).sum() * 31 + rows.size();
    }
}
