package io.sluice.ingress.dashboard;

import reactor.core.publisher.Mono;

/** Where the snapshots of one view come from; one load at a time. */
interface ViewSource {
    /** A view as of now; an error when the tables cannot be read. */
    Mono<Snapshot> load();
}
