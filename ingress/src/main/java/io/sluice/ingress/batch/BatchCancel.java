package io.sluice.ingress.batch;

import io.micronaut.http.HttpStatus;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.result.CancelWish;

import jakarta.inject.Singleton;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Withdraws the requests of a batch that have no result yet; which of them had started, the engine
 * decides. Blocks the calling thread.
 */
@Singleton
final class BatchCancel {
    /** A batch that is stored for longer was given up by who sent it. */
    private static final Duration STORING = Duration.ofMinutes(2);

    private final BatchStore store;
    private final BatchResults results;
    private final BatchAppender appender;
    private final InstantSource time;

    BatchCancel(
            BatchStore store, BatchResults results, BatchAppender appender, InstantSource time) {
        this.store = store;
        this.results = results;
        this.appender = appender;
        this.time = time;
    }

    /** The batch with its end asked for; a 409 problem if it has ended or is still being stored. */
    Batch cancel(Batch batch) {
        if (!batch.stored() && time.millis() - batch.receivedAtMillis() < STORING.toMillis()) {
            throw Problem.of(HttpStatus.CONFLICT, "The batch is still being stored; try again.")
                    .header("Retry-After", "2")
                    .retry(true)
                    .asException();
        }
        int unfinished = 0;
        for (int i = 0; i < batch.chunks(); i++) {
            List<String> ids = results.unfinished(batch, i);
            if (unfinished == 0 && !ids.isEmpty()) {
                store.markCancelling(batch).join();
            }
            unfinished += ids.size();
            appender.append(
                    ids.stream().map(id -> CancelWish.record(batch.tenantId(), id)).iterator());
        }
        if (unfinished == 0) {
            throw Problem.of(HttpStatus.CONFLICT, "All requests of the batch have ended.")
                    .retry(false)
                    .asException();
        }
        return batch.asCancelling();
    }
}
