package io.sluice.ingress.dashboard;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.ingress.usage.UsageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Usage windows in memory, which remembers what was read. */
final class UsageTable implements UsageStore {
    /** One read. */
    record Read(String tenantId, Granularity granularity, long fromMillis, long toMillis) {}

    final List<UsageItem> rows = new ArrayList<>();
    final List<Read> reads = new ArrayList<>();
    boolean failing;

    @Override
    public CompletableFuture<List<UsageItem>> windows(
            String tenantId, Granularity granularity, long fromMillis, long toMillis) {
        reads.add(new Read(tenantId, granularity, fromMillis, toMillis));
        if (failing) {
            return CompletableFuture.failedFuture(new IllegalStateException("throttled"));
        }
        return CompletableFuture.completedFuture(
                rows.stream()
                        .filter(row -> row.tenantId().equals(tenantId))
                        .filter(row -> row.key().granularity() == granularity)
                        .filter(row -> row.key().windowStartMillis() >= fromMillis)
                        .filter(row -> row.key().windowStartMillis() < toMillis)
                        .toList());
    }

    static UsageItem row(
            String tenantId, Granularity granularity, long atMillis, UsageCounts counts) {
        return row(tenantId, granularity, atMillis, "m", "chat", counts, 1);
    }

    static UsageItem row(
            String tenantId,
            Granularity granularity,
            long atMillis,
            String model,
            String endpoint,
            UsageCounts counts,
            long version) {
        return UsageItem.builder()
                .tenantId(tenantId)
                .key(
                        UsageKey.builder()
                                .granularity(granularity)
                                .windowStartMillis(granularity.windowStart(atMillis))
                                .model(model)
                                .endpoint(endpoint)
                                .agentId("-")
                                .costCenter("-")
                                .build())
                .counts(counts)
                .version(version)
                .build();
    }

    static UsageCounts requests(long requests, long costPicoUsd) {
        return UsageCounts.builder()
                .requests(requests)
                .admitted(requests)
                .costPicoUsd(costPicoUsd)
                .build();
    }
}
