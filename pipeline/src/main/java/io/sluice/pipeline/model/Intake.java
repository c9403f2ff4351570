package io.sluice.pipeline.model;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the bytes of the requests that one subtask's async operator holds. A request beyond the
 * bound waits, and its thread with it, until enough others have ended. The lanes put out what finds
 * no room long before, so this happens only while results are stored more slowly than requests
 * come. Thread-safe.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final long mostBytes;
    private long bytes; // guarded by this
    private boolean open; // guarded by this

    Intake(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Takes a request in; blocks while it finds no room. One that is larger than the bound comes in
     * alone.
     */
    synchronized void take(long requestBytes) throws InterruptedException {
        if (isFull(requestBytes)) {
            LOG.warn(
                    "Holds requests back: {} bytes of {} wait for their results", bytes, mostBytes);
        }
        while (isFull(requestBytes)) {
            wait();
        }
        bytes += requestBytes;
    }

    /** Takes a request in that an earlier run had taken in already; there is always room. */
    synchronized void takeRestored(long requestBytes) {
        bytes += requestBytes;
    }

    /** A request that was taken in has ended. */
    synchronized void ended(long requestBytes) {
        bytes -= requestBytes;
        notifyAll();
    }

    /** Holds nothing back any more: the job is about to stop, and only this thread can stop it. */
    synchronized void open() {
        open = true;
        notifyAll();
    }

    /** Bytes of the requests taken in and not ended. */
    synchronized long bytes() {
        return bytes;
    }

    private boolean isFull(long requestBytes) {
        return !open && bytes > 0 && bytes + requestBytes > mostBytes;
    }
}
