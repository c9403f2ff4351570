package io.sluice.ingress.dashboard;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One view, loaded once a second while anybody looks at it, and at once for the first: a slow load
 * is waited for, never overtaken. When nobody has looked for 3 s it is forgotten.
 */
final class LiveView {
    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
    static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ViewKey key;
    private final ViewSource source;
    private boolean troubled;

    private LiveView(ViewKey key, ViewSource source) {
        this.key = key;
        this.source = source;
    }

    /** Snapshots for any number of viewers, the newest one first; ends for none of them. */
    static Flux<Snapshot> of(ViewKey key, Sourcing sourcing, Runnable forgotten) {
        return Flux.defer(() -> new LiveView(key, sourcing.open(key)).snapshots())
                .doFinally(signal -> forgotten.run())
                .replay(1)
                .refCount(1, GRACE);
    }

    /** Opens sources. */
    interface Sourcing {
        ViewSource open(ViewKey key);
    }

    private Flux<Snapshot> snapshots() {
        return Flux.interval(Duration.ZERO, EVERY).onBackpressureDrop().concatMap(t -> load(), 0);
    }

    private Mono<Snapshot> load() {
        return Mono.defer(source::load)
                .doOnNext(snapshot -> troubled = false)
                .onErrorResume(
                        failure -> {
                            if (!troubled) {
                                LOG.warn("dashboard: {} cannot be read; tried again", key, failure);
                            }
                            troubled = true;
                            return Mono.just(Snapshot.trouble());
                        });
    }
}
