package io.sluice.ingress.usage;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageItem;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where usage windows are read. */
public interface UsageStore {
    /**
     * The windows of a tenant that start at or after {@code fromMillis} and before {@code
     * toMillis}, both starts of windows, oldest first.
     */
    CompletableFuture<List<UsageItem>> windows(
            String tenantId, Granularity granularity, long fromMillis, long toMillis);
}
