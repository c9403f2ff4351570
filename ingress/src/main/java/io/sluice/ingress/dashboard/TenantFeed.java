package io.sluice.ingress.dashboard;

import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageItem;
import io.sluice.ingress.result.ResultStore;
import io.sluice.ingress.usage.UsageStore;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What a view knows of one tenant from the tables. One refresh at a time. */
final class TenantFeed {
    private final Map<TimeRange, UsageTail> tails = new EnumMap<>(TimeRange.class);
    private final RecentResults results;

    /** Knows the minutes of the last hour and the windows of {@code ranges}. */
    TenantFeed(String tenantId, Set<TimeRange> ranges, UsageStore usage, ResultStore results) {
        tails.put(TimeRange.HOUR, new UsageTail(usage, tenantId, TimeRange.HOUR));
        ranges.forEach(
                range -> tails.computeIfAbsent(range, r -> new UsageTail(usage, tenantId, r)));
        this.results = new RecentResults(results, tenantId);
    }

    CompletableFuture<Void> refreshUsage(long nowMillis) {
        return CompletableFuture.allOf(
                tails.values().stream()
                        .map(tail -> tail.refresh(nowMillis))
                        .toArray(CompletableFuture<?>[]::new));
    }

    /** Whether results of the last minutes may have come in since they were read. */
    boolean wantsResults(long nowMillis) {
        return results.mayHaveMoved(nowMillis, tail(TimeRange.HOUR).fingerprint());
    }

    CompletableFuture<Void> refreshResults(long nowMillis) {
        return results.refresh(nowMillis);
    }

    long resultsReadAtMillis() {
        return results.readAtMillis();
    }

    boolean resultsAreRead() {
        return results.isRead();
    }

    /** Windows of a range that it was made for. */
    Collection<UsageItem> usage(TimeRange range) {
        return tail(range).rows();
    }

    /** The newest results, newest first, without their answers. */
    List<ResultItem> results() {
        return results.results();
    }

    private UsageTail tail(TimeRange range) {
        return Objects.requireNonNull(tails.get(range), range.wireName());
    }
}
