package io.sluice.pipeline.model;

import java.time.Duration;

/**
 * Counts the attempts that have begun and not ended, so that a stop can wait for their ends: what
 * is known of a call when the job goes does not have to be guessed when it comes back. Thread-safe.
 */
final class AttemptsUnderWay {
    private int underWay;
    private boolean stopping;
    private boolean endsAreLost;

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
        notifyAll();
    }

    /** No end can be kept any more, so that none is worth waiting for. */
    synchronized void loseEnds() {
        endsAreLost = true;
        notifyAll();
    }

    /**
     * Lets none begin any more and waits until all have ended, or their ends cannot be kept, or the
     * time is over, or the thread is interrupted, which it then stays.
     *
     * @return how many have not ended
     */
    synchronized int stop(Duration atMost) {
        stopping = true;
        long until = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = millis(atMost.toNanos()); underWay > 0 && !endsAreLost && left > 0; ) {
                wait(left);
                left = millis(until - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return underWay;
    }

    /** Rounded up: a wait of 0 would last for ever. */
    private static long millis(long nanos) {
        return nanos <= 0 ? 0 : 1 + nanos / 1_000_000;
    }
}
