package io.sluice.pipeline.model.schedule;

/**
 * What was used within the last 60 s, in slots of 100 ms. A slot counts until all of it is a minute
 * old, so the sum is never less than what any 60 s that end now hold, and holds up to 100 ms more.
 *
 * <p>Pure: time is an argument, epoch milliseconds; time that goes back counts as standing still.
 * Not thread-safe. Every operation takes constant time, with the slots that have passed since the
 * last one.
 */
final class MinuteWindow {
    private static final long SLOT_MILLIS = 100;
    private static final int SLOTS = 601;

    private final long[] used = new long[SLOTS];
    private long newest;
    private long sum;

    /** Counts an amount from now on; negative to take back. Gives the slot for {@link #amend}. */
    long add(long amount, long nowMillis) {
        moveTo(nowMillis);
        used[index(newest)] += amount;
        sum += amount;
        return newest;
    }

    /** Changes what was counted in that slot; nothing happens if it has left the window. */
    void amend(long slot, long change, long nowMillis) {
        moveTo(nowMillis);
        if (slot > newest - SLOTS) {
            used[index(slot)] += change;
            sum += change;
        }
    }

    long sum(long nowMillis) {
        moveTo(nowMillis);
        return sum;
    }

    /** When the sum can fall next by time alone; {@code Long.MAX_VALUE} if nothing is counted. */
    long nextFallMillis(long nowMillis) {
        moveTo(nowMillis);
        for (long slot = newest - SLOTS + 1; slot <= newest; slot++) {
            if (used[index(slot)] != 0) {
                return (slot + SLOTS) * SLOT_MILLIS;
            }
        }
        return Long.MAX_VALUE;
    }

    private void moveTo(long nowMillis) {
        long slot = nowMillis / SLOT_MILLIS;
        for (long s = Math.max(newest + 1, slot - SLOTS + 1); s <= slot; s++) {
            sum -= used[index(s)];
            used[index(s)] = 0;
        }
        newest = Math.max(newest, slot);
    }

    private static int index(long slot) {
        return (int) Math.floorMod(slot, (long) SLOTS);
    }
}
