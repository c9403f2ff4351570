package io.sluice.pipeline.dedupe;

/** A full chunk of seen ids, in the order they came. Not copied, not to be changed. */
public final class SeenChunk {
    private final long[] bits;
    private final long newestMillis;
    private final long lastArrivalMillis;

    /**
     * @param bits both halves of each id in turn
     * @param newestMillis the latest time of issue among these ids and all that came before
     * @param lastArrivalMillis when the last of them arrived
     */
    public SeenChunk(long[] bits, long newestMillis, long lastArrivalMillis) {
        this.bits = bits;
        this.newestMillis = newestMillis;
        this.lastArrivalMillis = lastArrivalMillis;
    }

    /** Both halves of each id in turn. */
    public long[] bits() {
        return bits;
    }

    /** The latest time of issue among these ids and all that came before, epoch milliseconds. */
    public long newestMillis() {
        return newestMillis;
    }

    /** When the last of them arrived, epoch milliseconds. */
    public long lastArrivalMillis() {
        return lastArrivalMillis;
    }

    boolean contains(RequestKey id) {
        return contains(bits, bits.length, id);
    }

    static boolean contains(long[] bits, int length, RequestKey id) {
        for (int i = 0; i < length; i += 2) {
            if (bits[i + 1] == id.low() && bits[i] == id.high()) {
                return true;
            }
        }
        return false;
    }
}
