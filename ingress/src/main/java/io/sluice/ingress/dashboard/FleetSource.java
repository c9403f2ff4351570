package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.job.JobHealth;
import io.sluice.ingress.job.JobHealthReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The view of all tenants. Up to 200 tenants are read at a time, so with more of them figures are
 * as many seconds old as it takes until everyone's turn came; results of up to 8 tenants whose
 * usage moved, who waited longest first.
 */
final class FleetSource implements ViewSource {
    static final int TENANTS_AT_A_TIME = 200;
    static final int RESULTS_AT_A_TIME = 8;
    private static final int READS_AT_ONCE = 32;
    private static final int MOST_TENANTS = 20;
    private static final int MOST_LINES = 5;

    private final TimeRange range;
    private final Roster roster;
    private final JobHealthReader job;
    private final InstantSource time;
    private boolean complete;

    /** Of a roster whose feeds know {@code range}. */
    FleetSource(TimeRange range, Roster roster, JobHealthReader job, InstantSource time) {
        this.range = range;
        this.roster = roster;
        this.job = job;
        this.time = time;
    }

    @Override
    public Mono<Snapshot> load() {
        long now = time.millis();
        return Mono.fromFuture(() -> roster.refresh(now), true)
                .thenMany(Flux.defer(() -> Flux.fromIterable(turn())))
                .flatMap(feed -> Mono.fromFuture(() -> feed.refreshUsage(now), true), READS_AT_ONCE)
                .thenMany(Flux.defer(() -> Flux.fromIterable(wanting(now))))
                .flatMap(feed -> Mono.fromFuture(() -> feed.refreshResults(now), true))
                .then(Mono.fromFuture(job::read, true))
                .publishOn(Schedulers.parallel())
                .map(
                        health -> {
                            complete = true;
                            return Snapshot.of(view(health, now));
                        });
    }

    /** The first time everybody: figures that lack tenants would be wrong, not old. */
    private List<TenantFeed> turn() {
        return roster.turn(complete ? TENANTS_AT_A_TIME : Integer.MAX_VALUE);
    }

    private List<TenantFeed> wanting(long now) {
        return active().filter(feed -> feed.wantsResults(now))
                .sorted(Comparator.comparingLong(TenantFeed::resultsReadAtMillis))
                .limit(RESULTS_AT_A_TIME)
                .toList();
    }

    /** Those who used anything in the last hour. */
    private Stream<TenantFeed> active() {
        return roster.all().stream().filter(feed -> !feed.usage(TimeRange.HOUR).isEmpty());
    }

    private ObjectNode view(JobHealth health, long now) {
        List<UsageItem> usage = all(feed -> feed.usage(range));
        Breakdown tenants = new Breakdown(UsageItem::tenantId).addAll(usage);
        ObjectNode view =
                Json.object()
                        .put("view", "fleet")
                        .put("at", Instant.ofEpochMilli(now).toString())
                        .put("range", range.wireName())
                        .put("tenants_with_usage", tenants.size());
        view.set("totals", Totals.of(usage));
        view.set("pace", new Pace(now).addAll(all(feed -> feed.usage(TimeRange.HOUR))).json());
        view.set("tenants", tenants.rows(MOST_TENANTS));
        view.set(
                "series",
                new Series(range, now, tenants.first(MOST_LINES), UsageItem::tenantId)
                        .addAll(usage)
                        .json());
        view.set("recent", recent(now));
        view.set("job", health.json(now));
        return view;
    }

    private ObjectNode recent(long now) {
        List<ResultItem> results = active().flatMap(feed -> feed.results().stream()).toList();
        return new RecentFigures(now, results)
                .json()
                .put("tenants_read", active().filter(TenantFeed::resultsAreRead).count())
                .put("tenants_active", active().count());
    }

    private <T> List<T> all(Function<TenantFeed, Collection<T>> part) {
        return roster.all().stream().flatMap(feed -> part.apply(feed).stream()).toList();
    }
}
