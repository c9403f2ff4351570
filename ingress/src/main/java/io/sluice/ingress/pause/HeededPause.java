package io.sluice.ingress.pause;

import io.sluice.contract.WritePause;

/**
 * Of a pause that somebody wished, what a node heeds: until when it was wished, but at most {@link
 * WritePause#MOST_MILLIS} from when the node first saw that wish. A wish that looks far into the
 * future, because one of the clocks is wrong, costs that much once, however often it is read.
 * Immutable.
 *
 * @param owner who wished it; empty if nobody did
 * @param wishedUntilMillis when it ends by itself as it was written, epoch milliseconds
 * @param seenAtMillis when this node first saw it, by its own clock
 */
record HeededPause(String owner, long wishedUntilMillis, long seenAtMillis) {
    /** Nobody wished one. */
    static final HeededPause NONE = new HeededPause("", 0, 0);

    /** What is heeded after reading a wish; the same wish counts from when it was first seen. */
    HeededPause read(String newOwner, long newUntilMillis, long nowMillis) {
        return newOwner.equals(owner) && newUntilMillis == wishedUntilMillis
                ? this
                : new HeededPause(newOwner, newUntilMillis, nowMillis);
    }

    /** How much longer writes pause, milliseconds; 0 when they do not. */
    long leftMillis(long nowMillis) {
        long untilMillis = Math.min(wishedUntilMillis, seenAtMillis + WritePause.MOST_MILLIS);
        return Math.max(0, untilMillis - nowMillis);
    }
}
