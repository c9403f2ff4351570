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
 * decides. What is not stored yet never will be. Blocks the calling thread.
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
        int chunk = 0;
        List<String> ids = results.unfinished(batch, chunk);
        while (ids.isEmpty()) {
            chunk++;
            if (chunk == batch.chunks()) {
                throw Problem.of(HttpStatus.CONFLICT, "All requests of the batch have ended.")
                        .retry(false)
                        .asException();
            }
            ids = results.unfinished(batch, chunk);
        }
        return withdraw(store.markCancelling(batch).join(), chunk);
    }

    /** Later chunks than those that are begun by now never will be. */
    private Batch withdraw(Batch batch, int firstChunk) {
        for (int i = firstChunk; i < batch.begunAtMillis().size(); i++) {
            appender.append(
                    results.unfinished(batch, i).stream()
                            .map(id -> CancelWish.record(batch.tenantId(), id))
                            .iterator());
        }
        return batch;
    }
}
