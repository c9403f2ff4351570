package io.sluice.pipeline.model;

import java.util.TreeSet;

/**
 * Work that has to be done at times which become known as one goes: at the earliest of them, and no
 * more often than asked for. Thread-safe, never blocks.
 */
final class Alarm implements AutoCloseable {
    private final InvokerClock clock;
    private final Runnable work;
    private final TreeSet<Long> pending = new TreeSet<>(); // guarded by itself
    private volatile boolean closed;

    /**
     * An alarm that is not set.
     *
     * @param work runs on any thread
     */
    Alarm(InvokerClock clock, Runnable work) {
        this.clock = clock;
        this.work = work;
    }

    /** Sees to it that the work runs at that time or earlier; nothing if it is never. */
    void setFor(long atMillis) {
        if (atMillis == Long.MAX_VALUE || closed) {
            return;
        }
        synchronized (pending) {
            if (!pending.isEmpty() && pending.first() <= atMillis) {
                return;
            }
            pending.add(atMillis);
        }
        clock.after(Math.max(1, atMillis - clock.millis()), () -> ring(atMillis));
    }

    /** Nothing runs from now on. */
    @Override
    public void close() {
        closed = true;
    }

    private void ring(long atMillis) {
        synchronized (pending) {
            pending.remove(atMillis);
        }
        if (!closed) {
            work.run();
        }
    }
}
