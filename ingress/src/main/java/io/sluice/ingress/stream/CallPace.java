package io.sluice.ingress.stream;

/**
 * When the next call may be made. The pause after a call grows with the records that it carried: a
 * trickle never waits, and under load few large calls take the place of many small ones. Times are
 * nanoseconds of a clock without a zero point. Not thread-safe.
 */
final class CallPace {
    private final long lingerNanos;
    private final long pausePerRecordNanos;
    private long lastCallNanos;
    private long pauseNanos;

    /** No pause before the first call. */
    CallPace(WriterSettings settings, long nowNanos) {
        this.lingerNanos = settings.linger().toNanos();
        this.pausePerRecordNanos = settings.pausePerRecord().toNanos();
        this.lastCallNanos = nowNanos;
    }

    /** A call with so many records is made now. */
    void called(long nowNanos, int records) {
        lastCallNanos = nowNanos;
        pauseNanos = Math.min(lingerNanos, records * pausePerRecordNanos);
    }

    /** After the pause, or after the linger time while another call is in flight. */
    long nextCallAtNanos(boolean othersInFlight) {
        return lastCallNanos + (othersInFlight ? lingerNanos : pauseNanos);
    }
}
