package io.sluice.ingress.batch;

import io.sluice.ingress.problem.Problem;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets few batches in at a time: each is large, and the stream is everybody's. */
@Singleton
final class BatchGate {
    private static final int MOST = 2;

    private final Semaphore places = new Semaphore(MOST);

    /** Does the work if there is a place; a 503 problem if not. */
    <T> T enter(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw Problem.busy("Too many batches are being taken in just now.", 5).asException();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
