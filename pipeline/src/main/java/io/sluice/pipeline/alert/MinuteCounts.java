package io.sluice.pipeline.alert;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Counts of the last hour by minute; minutes without any are not kept. Time that goes back is
 * counted in the newest minute.
 */
final class MinuteCounts {
    /** What is counted. */
    enum Of {
        REQUESTS(1),
        REJECTED(2),
        ENDED(3),
        FAILED(4),
        ANSWERED(5),
        SLOW(6);

        private final int place;

        Of(int place) {
            this.place = place;
        }
    }

    private static final long MINUTE_MILLIS = 60_000;
    private static final int MINUTES = 60;
    private static final int KINDS = Of.values().length;

    /** Oldest first: the minute, then a count of each kind. */
    private final ArrayDeque<long[]> minutes = new ArrayDeque<>();

    MinuteCounts(Longs from) {
        long minute = 0;
        for (long left = from.next(); left > 0; left--) {
            long[] counts = new long[1 + KINDS];
            minute += from.next();
            counts[0] = minute;
            for (int i = 1; i <= KINDS; i++) {
                counts[i] = from.next();
            }
            minutes.addLast(counts);
        }
    }

    /** Makes that the newest minute and forgets what is older than an hour. */
    void moveTo(long atMillis) {
        long minute = Math.floorDiv(atMillis, MINUTE_MILLIS);
        if (minutes.isEmpty() || minutes.getLast()[0] < minute) {
            long[] counts = new long[1 + KINDS];
            counts[0] = minute;
            minutes.addLast(counts);
        }
        while (minutes.getFirst()[0] <= minute - MINUTES) {
            minutes.removeFirst();
        }
    }

    /** Counts one in the newest minute. */
    void count(Of kind) {
        minutes.getLast()[kind.place]++;
    }

    /** How many there were in the newest so many minutes. */
    long in(int newest, Of kind) {
        long from = minutes.getLast()[0] - newest;
        long sum = 0;
        for (Iterator<long[]> back = minutes.descendingIterator(); back.hasNext(); ) {
            long[] counts = back.next();
            if (counts[0] <= from) {
                break;
            }
            sum += counts[kind.place];
        }
        return sum;
    }

    void write(Longs to) {
        to.add(minutes.size());
        long before = 0;
        for (long[] counts : minutes) {
            to.add(counts[0] - before);
            before = counts[0];
            for (int i = 1; i <= KINDS; i++) {
                to.add(counts[i]);
            }
        }
    }
}
