package io.sluice.pipeline.model;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts the attempts that have begun and not ended, so that a stop can wait for their ends: what
 * is known of a call when the job goes does not have to be guessed when it comes back. Thread-safe.
 */
final class AttemptsUnderWay {
    private final CountDownLatch nothingToWaitFor = new CountDownLatch(1);
    private int underWay; // guarded by this
    private boolean stopping; // guarded by this
    private boolean endsAreLost; // guarded by this

    /** Whether another attempt may begin; one that does must {@link #end}. */
    synchronized boolean begin() {
        if (stopping) {
            return false;
        }
        underWay++;
        return true;
    }

    synchronized void end() {
        underWay--;
        tell();
    }

    /** No end can be kept any more, so that none is worth waiting for. */
    synchronized void loseEnds() {
        endsAreLost = true;
        tell();
    }

    /**
     * Lets none begin any more and waits until all have ended, or their ends cannot be kept, or the
     * time is over, or the thread is interrupted, which it then stays.
     *
     * @return how many have not ended
     */
    int stop(Duration atMost) {
        letNoneBegin();
        try {
            // Whether it came in time shows in what is left.
            boolean unused = nothingToWaitFor.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return left();
    }

    private synchronized void letNoneBegin() {
        stopping = true;
        tell();
    }

    private synchronized int left() {
        return underWay;
    }

    private synchronized void tell() {
        if (stopping && (underWay == 0 || endsAreLost)) {
            nothingToWaitFor.countDown();
        }
    }
}
