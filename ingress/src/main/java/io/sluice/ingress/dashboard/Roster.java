package io.sluice.ingress.dashboard;

import io.sluice.contract.TenantItem;
import io.sluice.ingress.result.ResultStore;
import io.sluice.ingress.tenant.TenantStore;
import io.sluice.ingress.usage.UsageStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The feeds of all tenants, the deleted ones too, since what they used was used. Who exists is
 * looked up every 10 s. Not thread-safe.
 */
final class Roster {
    static final long LOOK_EVERY_MILLIS = 10_000;

    private final TenantStore tenants;
    private final UsageStore usage;
    private final ResultStore results;
    private final Set<TimeRange> ranges;
    private final Map<String, TenantFeed> feeds = new LinkedHashMap<>();
    private boolean looked;
    private long lookedAtMillis;
    private int next;

    Roster(TenantStore tenants, UsageStore usage, ResultStore results, Set<TimeRange> ranges) {
        this.tenants = tenants;
        this.usage = usage;
        this.results = results;
        this.ranges = ranges;
    }

    CompletableFuture<Void> refresh(long nowMillis) {
        if (looked && nowMillis - lookedAtMillis < LOOK_EVERY_MILLIS) {
            return CompletableFuture.completedFuture(null);
        }
        return tenants.tenants()
                .thenAccept(
                        all -> {
                            Set<String> ids = new HashSet<>();
                            all.stream().map(TenantItem::tenantId).forEach(ids::add);
                            feeds.keySet().retainAll(ids);
                            all.stream().map(TenantItem::tenantId).forEach(this::feedOf);
                            looked = true;
                            lookedAtMillis = nowMillis;
                        });
    }

    private TenantFeed feedOf(String tenantId) {
        return feeds.computeIfAbsent(tenantId, id -> new TenantFeed(id, ranges, usage, results));
    }

    Collection<TenantFeed> all() {
        return feeds.values();
    }

    /** The next {@code most} feeds in turn, so that everyone's comes. */
    List<TenantFeed> turn(int most) {
        List<TenantFeed> all = new ArrayList<>(feeds.values());
        int count = Math.min(most, all.size());
        List<TenantFeed> turn = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            turn.add(all.get((next + i) % all.size()));
        }
        next = all.isEmpty() ? 0 : (next + count) % all.size();
        return turn;
    }
}
