package io.sluice.pipeline.limit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The admissions of the last sixty seconds, oldest first: the exact time of each, and the tokens it
 * holds or used.
 *
 * <p>Entries are numbered from 0 over the tenant's whole life; {@code tail} is the oldest live one,
 * {@code head} the next to come. They lie in chunks of {@value #CHUNK}; only the chunk being filled
 * and the chunk being emptied are held here, those between are handed to {@link Chunks} once and
 * fetched once. So an admission touches a fixed amount of state however high the limit is.
 *
 * <p>Times must not go back from one call to the next; tokens are 0 or more. Not thread-safe.
 */
public final class SlidingLog {
    /** Length of the window in milliseconds: admissions in (t − 60 s, t] count. */
    public static final long WINDOW_MILLIS = 60_000;

    /** Entries per chunk. */
    public static final int CHUNK = 64;

    private static final int FIRST_CAPACITY = 4;
    private static final long[] NOTHING = {};

    /** Where full chunks wait between being filled and being emptied. */
    public interface Chunks {
        /**
         * The chunk of that number: time and tokens of {@value SlidingLog#CHUNK} entries in turn.
         */
        long[] load(long number);

        /** Keeps a full chunk. */
        void store(long number, long[] entries);

        /** Forgets a chunk. */
        void remove(long number);
    }

    private long tail;
    private long head;
    private long tokens;
    private long[] tailChunk;
    private long[] headChunk;

    /** An empty log. */
    public SlidingLog() {
        this(0, 0, 0, NOTHING, NOTHING);
    }

    private SlidingLog(long tail, long head, long tokens, long[] tailChunk, long[] headChunk) {
        this.tail = tail;
        this.head = head;
        this.tokens = tokens;
        this.tailChunk = tailChunk;
        this.headChunk = headChunk;
    }

    /** Lets go of everything that left the window by {@code nowMillis}. */
    public void expire(long nowMillis, Chunks chunks) {
        long cutoff =
                nowMillis < Long.MIN_VALUE + WINDOW_MILLIS
                        ? Long.MIN_VALUE
                        : nowMillis - WINDOW_MILLIS;
        while (tail < head && timeOf(tail) <= cutoff) {
            tokens -= tokensOf(tail);
            tail++;
            if (tail % CHUNK == 0 && tail / CHUNK < head / CHUNK) {
                tailChunk = chunks.load(tail / CHUNK);
                chunks.remove(tail / CHUNK);
            }
        }
    }

    /** Notes an admission at {@code nowMillis} that holds so many tokens; gives its number. */
    public long append(long nowMillis, long heldTokens, Chunks chunks) {
        int at = 2 * (int) (head % CHUNK);
        if (at == headChunk.length) {
            headChunk = Arrays.copyOf(headChunk, at == 0 ? 2 * FIRST_CAPACITY : 2 * at);
        }
        headChunk[at] = nowMillis;
        headChunk[at + 1] = heldTokens;
        tokens += heldTokens;
        long number = head++;
        if (head % CHUNK == 0) {
            long full = head / CHUNK - 1;
            if (tail / CHUNK == full) {
                tailChunk = headChunk;
            } else {
                chunks.store(full, headChunk);
            }
            headChunk = NOTHING;
        }
        return number;
    }

    /**
     * Corrects the tokens of an entry, and returns whether it is still live; one that left the
     * window stays as it was.
     */
    public boolean amend(long number, long usedTokens, Chunks chunks) {
        if (number < tail) {
            return false;
        }
        int at = 2 * (int) (number % CHUNK) + 1;
        long chunk = number / CHUNK;
        if (chunk == head / CHUNK || chunk == tail / CHUNK) {
            long[] held = chunk == head / CHUNK ? headChunk : tailChunk;
            tokens += usedTokens - held[at];
            held[at] = usedTokens;
        } else {
            long[] stored = chunks.load(chunk);
            tokens += usedTokens - stored[at];
            stored[at] = usedTokens;
            chunks.store(chunk, stored);
        }
        return true;
    }

    /** Live admissions, as of the last {@link #expire}. */
    public long count() {
        return head - tail;
    }

    /** Tokens of the live admissions together. */
    public long tokens() {
        return tokens;
    }

    /**
     * Milliseconds from {@code nowMillis} until fewer than {@code limit} admissions are live if
     * none is added; 0 if that is so already. {@code limit} is at least 1.
     */
    public long millisUntilBelow(long limit, long nowMillis, Chunks chunks) {
        if (count() < limit) {
            return 0;
        }
        long number = head - limit;
        long chunk = number / CHUNK;
        long time =
                chunk == head / CHUNK || chunk == tail / CHUNK
                        ? timeOf(number)
                        : chunks.load(chunk)[2 * (int) (number % CHUNK)];
        return WINDOW_MILLIS - (nowMillis - time);
    }

    /**
     * Milliseconds from {@code nowMillis} until at most {@code most} tokens are live if none is
     * added; 0 if that is so already. {@code most} is 0 or more.
     */
    public long millisUntilTokens(long most, long nowMillis, Chunks chunks) {
        long rest = tokens;
        long wait = 0;
        long loaded = -1;
        long[] chunk = NOTHING;
        for (long number = tail; number < head && rest > most; number++) {
            if (number / CHUNK != loaded) {
                loaded = number / CHUNK;
                boolean held = loaded == head / CHUNK || loaded == tail / CHUNK;
                chunk = held ? held(number) : chunks.load(loaded);
            }
            int at = 2 * (int) (number % CHUNK);
            rest -= chunk[at + 1];
            wait = WINDOW_MILLIS - (nowMillis - chunk[at]);
        }
        return wait;
    }

    /** Milliseconds until the oldest live admission leaves the window; 0 if there is none. */
    public long millisUntilOldestLeaves(long nowMillis) {
        return tail == head ? 0 : WINDOW_MILLIS - (nowMillis - timeOf(tail));
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
     * The live entries that are held here, time and tokens in turn: those of the tail's chunk,
     * then, if that is another one, those of the head's chunk.
     */
    public long[] heldEntries() {
        int inTail = tailIsApart() ? (int) (CHUNK - tail % CHUNK) : 0;
        long firstOfHead = Math.max(tail, head - head % CHUNK);
        int inHead = (int) (head - firstOfHead);
        long[] entries = new long[2 * (inTail + inHead)];
        if (inTail > 0) {
            System.arraycopy(tailChunk, 2 * (int) (tail % CHUNK), entries, 0, 2 * inTail);
        }
        System.arraycopy(
                headChunk, 2 * (int) (firstOfHead % CHUNK), entries, 2 * inTail, 2 * inHead);
        return entries;
    }

    /** How many entries {@link #heldEntries()} of a log with these numbers has. */
    public static int heldCount(long tail, long head) {
        boolean apart = tail / CHUNK < head / CHUNK && tail < head;
        int inTail = apart ? (int) (CHUNK - tail % CHUNK) : 0;
        return inTail + (int) (head - Math.max(tail, head - head % CHUNK));
    }

    /** The log that had these numbers, sum and {@link #heldEntries()}. Does not validate. */
    public static SlidingLog restore(long tail, long head, long tokens, long[] heldEntries) {
        SlidingLog log = new SlidingLog(tail, head, tokens, NOTHING, NOTHING);
        int inTail = log.tailIsApart() ? (int) (CHUNK - tail % CHUNK) : 0;
        if (inTail > 0) {
            log.tailChunk = new long[2 * CHUNK];
            System.arraycopy(heldEntries, 0, log.tailChunk, 2 * (int) (tail % CHUNK), 2 * inTail);
        }
        int headSize = 2 * (int) (head % CHUNK);
        int capacity = headSize == 0 ? 0 : 2 * FIRST_CAPACITY;
        while (capacity < headSize) {
            capacity *= 2;
        }
        log.headChunk = new long[capacity];
        long firstOfHead = Math.max(tail, head - head % CHUNK);
        System.arraycopy(
                heldEntries,
                2 * inTail,
                log.headChunk,
                2 * (int) (firstOfHead % CHUNK),
                heldEntries.length - 2 * inTail);
        return log;
    }

    private boolean tailIsApart() {
        return tail < head && tail / CHUNK < head / CHUNK;
    }

    private long[] held(long number) {
        return number / CHUNK == head / CHUNK ? headChunk : tailChunk;
    }

    private long timeOf(long number) {
        return held(number)[2 * (int) (number % CHUNK)];
    }

    private long tokensOf(long number) {
        return held(number)[2 * (int) (number % CHUNK) + 1];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SlidingLog
                && tail == ((SlidingLog) other).tail
                && head == ((SlidingLog) other).head
                && tokens == ((SlidingLog) other).tokens
                && Arrays.equals(heldEntries(), ((SlidingLog) other).heldEntries());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(heldEntries());
    }

    @Override
    public String toString() {
        return "SlidingLog{tail=" + tail + ", head=" + head + ", tokens=" + tokens + '}';
    }
}
