package io.sluice.pipeline.replay;

import java.util.ArrayDeque;

/**
 * The largest number of admissions in any (t − 60 s, t], counted apart from the engine, so that it
 * can show the engine wrong. Times must not go back. Not thread-safe.
 */
final class MinutePeak {
    private static final long WINDOW_MILLIS = 60_000;

    /** Admissions at one time. */
    private static final class Batch {
        private final long atMillis;
        private long count;

        private Batch(long atMillis) {
            this.atMillis = atMillis;
        }
    }

    private final ArrayDeque<Batch> live = new ArrayDeque<>(1);
    private long count;
    private long peak;

    /** Notes an admission. */
    void admitted(long atMillis) {
        Batch newest = live.peekLast();
        if (newest == null || newest.atMillis != atMillis) {
            newest = new Batch(atMillis);
            live.addLast(newest);
        }
        newest.count++;
        count++;
        for (Batch oldest = live.peekFirst();
                oldest != null && oldest.atMillis <= atMillis - WINDOW_MILLIS;
                oldest = live.peekFirst()) {
            count -= oldest.count;
            live.removeFirst();
        }
        peak = Math.max(peak, count);
    }

    /** The largest number so far. */
    long peak() {
        return peak;
    }
}
