package io.sluice.ingress.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.ingress.problem.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All views that anybody looks at. However many look at one, it is read and written once a second.
 * Thread-safe.
 */
@Singleton
final class Views {
    /** About so many streams one node serves. */
    static final int MOST_VIEWERS = 500;

    private final Map<ViewKey, Flux<Snapshot>> live = new ConcurrentHashMap<>();
    private final LiveView.Sourcing sourcing;
    private final AtomicInteger viewers;

    @Inject
    Views(Sources sources, MeterRegistry meters) {
        this(sources::open, meters.gauge("sluice.dashboard.viewers", new AtomicInteger()));
    }

    Views(LiveView.Sourcing sourcing, AtomicInteger viewers) {
        this.sourcing = sourcing;
        this.viewers = viewers;
    }

    /** The view as of the last second. */
    Mono<Snapshot> once(ViewKey key) {
        return of(key).next();
    }

    /**
     * The view, again each second; who is too slow misses some. Throws a {@code 503} if too many
     * look already.
     */
    Flux<Snapshot> stream(ViewKey key) {
        if (viewers.get() >= MOST_VIEWERS) {
            throw Problem.busy("Too many look at this node's dashboard.", 5).asException();
        }
        return of(key).onBackpressureLatest()
                .doOnSubscribe(begun -> viewers.incrementAndGet())
                .doFinally(signal -> viewers.decrementAndGet());
    }

    private Flux<Snapshot> of(ViewKey key) {
        return live.computeIfAbsent(key, k -> LiveView.of(k, sourcing, () -> live.remove(k)));
    }

    int viewers() {
        return viewers.get();
    }

    int viewsKept() {
        return live.size();
    }
}
