package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.tenant.Tenant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** One tenant's view. */
final class TenantSource implements ViewSource {
    private static final int MOST_NAMES = 20;
    private static final int MOST_LINES = 5;
    private static final int MOST_REQUESTS = 25;

    private final TimeRange range;
    private final TenantFeed feed;
    private final Supplier<CompletableFuture<Optional<Tenant>>> tenant;
    private final InstantSource time;

    /**
     * Of a feed that knows {@code range} and the days of the month.
     *
     * @param tenant the tenant with its policy of now; empty if it is gone
     */
    TenantSource(
            TimeRange range,
            TenantFeed feed,
            Supplier<CompletableFuture<Optional<Tenant>>> tenant,
            InstantSource time) {
        this.range = range;
        this.feed = feed;
        this.tenant = tenant;
        this.time = time;
    }

    @Override
    public Mono<Snapshot> load() {
        long now = time.millis();
        return Mono.fromFuture(tenant, true)
                .flatMap(
                        found ->
                                found.map(known -> refreshed(known, now))
                                        .orElseGet(() -> Mono.just(Snapshot.gone())));
    }

    private Mono<Snapshot> refreshed(Tenant known, long now) {
        return Mono.fromFuture(() -> refresh(now), true)
                .publishOn(Schedulers.parallel())
                .then(Mono.fromSupplier(() -> Snapshot.of(view(known, now))));
    }

    private CompletableFuture<Void> refresh(long now) {
        return feed.refreshUsage(now)
                .thenCompose(
                        done ->
                                feed.wantsResults(now)
                                        ? feed.refreshResults(now)
                                        : CompletableFuture.completedFuture(null));
    }

    private ObjectNode view(Tenant known, long now) {
        Collection<UsageItem> usage = feed.usage(range);
        Breakdown models = new Breakdown(item -> item.key().model()).addAll(usage);
        ObjectNode view =
                Json.object()
                        .put("view", "tenant")
                        .put("tenant_id", known.id())
                        .put("tier", known.policy().tier())
                        .put("suspended", known.item().suspended())
                        .put("at", Instant.ofEpochMilli(now).toString())
                        .put("range", range.wireName());
        view.set("totals", Totals.of(usage));
        view.set("pace", new Pace(now).addAll(feed.usage(TimeRange.HOUR)).json());
        view.set("spend", new Spending(known, now, feed.usage(TimeRange.MONTH)).json());
        view.set("limits", new LimitsLeft(known.policy(), now, feed.results()).json());
        view.set("by_model", models.rows(MOST_NAMES));
        view.set(
                "by_endpoint",
                new Breakdown(item -> item.key().endpoint()).addAll(usage).rows(MOST_NAMES));
        view.set(
                "series",
                new Series(range, now, models.first(MOST_LINES), item -> item.key().model())
                        .addAll(usage)
                        .json());
        view.set("recent", new RecentFigures(now, feed.results()).json());
        view.set("requests", RequestRows.of(feed.results(), MOST_REQUESTS));
        return view;
    }
}
