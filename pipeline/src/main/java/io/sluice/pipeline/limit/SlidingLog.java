package io.sluice.pipeline.limit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The exact times of the admissions in the last sixty seconds, oldest first.
 *
 * <p>Entries are numbered from 0 over the tenant's whole life; {@code tail} is the oldest live one,
 * {@code head} the next to come. They lie in chunks of {@value #CHUNK}; only the chunk being filled
 * and the chunk being emptied are held here, those between are handed to {@link Chunks} once and
 * fetched once. So an admission touches a fixed amount of state however high the limit is.
 *
 * <p>Times must not go back from one call to the next. Not thread-safe.
 */
public final class SlidingLog {
    /** Length of the window in milliseconds: admissions in (t − 60 s, t] count. */
    public static final long WINDOW_MILLIS = 60_000;

    /** Entries per chunk. */
    public static final int CHUNK = 64;

    /** Where full chunks wait between being filled and being emptied. */
    public interface Chunks {
        /** The chunk of that number, {@value SlidingLog#CHUNK} times. */
        long[] load(long number);

        /** Keeps a full chunk. */
        void store(long number, long[] times);

        /** Forgets a chunk. */
        void remove(long number);
    }

    private long tail;
    private long head;
    private long[] tailChunk;
    private long[] headChunk;

    /** An empty log. */
    public SlidingLog() {
        this(0, 0, new long[CHUNK], new long[CHUNK]);
    }

    private SlidingLog(long tail, long head, long[] tailChunk, long[] headChunk) {
        this.tail = tail;
        this.head = head;
        this.tailChunk = tailChunk;
        this.headChunk = headChunk;
    }

    /** Lets go of everything that left the window by {@code nowMillis}. */
    public void expire(long nowMillis, Chunks chunks) {
        long cutoff =
                nowMillis < Long.MIN_VALUE + WINDOW_MILLIS
                        ? Long.MIN_VALUE
                        : nowMillis - WINDOW_MILLIS;
        while (tail < head && edge(tail) <= cutoff) {
            tail++;
            if (tail % CHUNK == 0 && tail / CHUNK < head / CHUNK) {
                tailChunk = chunks.load(tail / CHUNK);
                chunks.remove(tail / CHUNK);
            }
        }
    }

    /** Notes an admission at {@code nowMillis}. */
    public void append(long nowMillis, Chunks chunks) {
        headChunk[(int) (head % CHUNK)] = nowMillis;
        head++;
        if (head % CHUNK == 0) {
            long full = head / CHUNK - 1;
            if (tail / CHUNK == full) {
                tailChunk = headChunk;
            } else {
                chunks.store(full, headChunk);
            }
            headChunk = new long[CHUNK];
        }
    }

    /** Live admissions, as of the last {@link #expire}. */
    public long count() {
        return head - tail;
    }

    /**
     * Milliseconds from {@code nowMillis} until fewer than {@code limit} admissions are live if
     * none is added; 0 if that is so already. {@code limit} is at least 1.
     */
    public long millisUntilBelow(long limit, long nowMillis, Chunks chunks) {
        if (count() < limit) {
            return 0;
        }
        return WINDOW_MILLIS - (nowMillis - timeAt(head - limit, chunks));
    }

    /** Milliseconds until the oldest live admission leaves the window; 0 if there is none. */
    public long millisUntilOldestLeaves(long nowMillis) {
        return tail == head ? 0 : WINDOW_MILLIS - (nowMillis - edge(tail));
    }

    /** Number of the oldest live entry. */
    public long tail() {
        return tail;
    }

    /** Number of the next entry. */
    public long head() {
        return head;
    }

    /**
     * The live times that are held here: those of the tail's chunk, then, if that is another one,
     * those of the head's chunk.
     */
    public long[] heldTimes() {
        int inTail = tailIsApart() ? (int) (CHUNK - tail % CHUNK) : 0;
        long firstOfHead = Math.max(tail, head - head % CHUNK);
        int inHead = (int) (head - firstOfHead);
        long[] times = new long[inTail + inHead];
        if (inTail > 0) {
            System.arraycopy(tailChunk, (int) (tail % CHUNK), times, 0, inTail);
        }
        System.arraycopy(headChunk, (int) (firstOfHead % CHUNK), times, inTail, inHead);
        return times;
    }

    /** How many times {@link #heldTimes()} of a log with these numbers has. */
    public static int heldCount(long tail, long head) {
        boolean apart = tail / CHUNK < head / CHUNK && tail < head;
        int inTail = apart ? (int) (CHUNK - tail % CHUNK) : 0;
        return inTail + (int) (head - Math.max(tail, head - head % CHUNK));
    }

    /** The log that had these numbers and {@link #heldTimes()}. Does not validate. */
    public static SlidingLog restore(long tail, long head, long[] heldTimes) {
        SlidingLog log = new SlidingLog(tail, head, new long[CHUNK], new long[CHUNK]);
        int inTail = log.tailIsApart() ? (int) (CHUNK - tail % CHUNK) : 0;
        System.arraycopy(heldTimes, 0, log.tailChunk, (int) (tail % CHUNK), inTail);
        long firstOfHead = Math.max(tail, head - head % CHUNK);
        System.arraycopy(
                heldTimes,
                inTail,
                log.headChunk,
                (int) (firstOfHead % CHUNK),
                heldTimes.length - inTail);
        return log;
    }

    private boolean tailIsApart() {
        return tail < head && tail / CHUNK < head / CHUNK;
    }

    private long edge(long number) {
        long[] chunk = number / CHUNK == head / CHUNK ? headChunk : tailChunk;
        return chunk[(int) (number % CHUNK)];
    }

    private long timeAt(long number, Chunks chunks) {
        long chunk = number / CHUNK;
        if (chunk == head / CHUNK || chunk == tail / CHUNK) {
            return edge(number);
        }
        return chunks.load(chunk)[(int) (number % CHUNK)];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SlidingLog
                && tail == ((SlidingLog) other).tail
                && head == ((SlidingLog) other).head
                && Arrays.equals(heldTimes(), ((SlidingLog) other).heldTimes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(heldTimes());
    }

    @Override
    public String toString() {
        return "SlidingLog{tail=" + tail + ", head=" + head + '}';
    }
}
