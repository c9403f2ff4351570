package io.sluice.pipeline.dedupe;

import io.sluice.contract.RequestEvent;
import java.util.Arrays;

/**
 * The request ids that a tenant used within the last hour of arrival time, exactly.
 *
 * <p>Ids carry the time they were issued at and come nearly in that order. So an id that is newer
 * than all seen ones is known to be new without a look, and the few others are found by their time:
 * full chunks of {@value #CHUNK} ids lie in {@link Chunks} in the order they came, each with the
 * latest time of issue up to its end, which rises from chunk to chunk. Only the chunk being filled
 * is held here. A chunk is forgotten when the last of its ids is an hour old.
 *
 * <p>Arrival times must not go back. Not thread-safe.
 */
public final class SeenIds {
    /** How long an id is known, in arrival time: one hour. */
    public static final long MEMORY_MILLIS = RequestEvent.REMEMBERED_MILLIS;

    /** Ids per chunk. */
    public static final int CHUNK = 32;

    private static final int FIRST_CAPACITY = 4;
    private static final long[] NOTHING = {};

    /** Where full chunks lie. */
    public interface Chunks {
        /** The chunk of that number. */
        SeenChunk loadSeen(long number);

        /** Keeps a full chunk. */
        void storeSeen(long number, SeenChunk chunk);

        /** Forgets a chunk. */
        void removeSeen(long number);
    }

    private long tail;
    private long head;
    private long tailArrivalMillis;
    private long storedNewestMillis;
    private long newestMillis;
    private long disorderMillis;
    private long lastArrivalMillis;
    private int held;
    private long[] bits;

    /** No ids. */
    public SeenIds() {
        this(0, 0, 0, 0, 0, 0, 0, NOTHING);
    }

    /**
     * Ids as they were left. Does not validate.
     *
     * @param tail number of the oldest stored chunk
     * @param head number of the chunk being filled
     * @param tailArrivalMillis when the last id of the oldest stored chunk arrived
     * @param storedNewestMillis latest time of issue in stored chunks
     * @param newestMillis latest time of issue of all
     * @param disorderMillis the most that an id was older than the newest before it
     * @param lastArrivalMillis when the last id arrived
     * @param bits both halves of each held id in turn
     */
    public SeenIds(
            long tail,
            long head,
            long tailArrivalMillis,
            long storedNewestMillis,
            long newestMillis,
            long disorderMillis,
            long lastArrivalMillis,
            long[] bits) {
        this.tail = tail;
        this.head = head;
        this.tailArrivalMillis = tailArrivalMillis;
        this.storedNewestMillis = storedNewestMillis;
        this.newestMillis = newestMillis;
        this.disorderMillis = disorderMillis;
        this.lastArrivalMillis = lastArrivalMillis;
        this.held = bits.length;
        this.bits = bits;
    }

    /** Whether an id was issued after every id ever seen, and so cannot be among them. */
    public boolean isNewest(RequestKey id) {
        return id.timeMillis() > newestMillis;
    }

    /** Whether an id is among those seen. */
    public boolean contains(RequestKey id, Chunks chunks) {
        if (isNewest(id)) {
            return false;
        }
        if (SeenChunk.contains(bits, held, id)) {
            return true;
        }
        return tail < head && id.timeMillis() <= storedNewestMillis && isStored(id, chunks);
    }

    /** Notes an id that was not seen. */
    public void add(RequestKey id, long arrivedAtMillis, Chunks chunks) {
        if (held == bits.length) {
            int more = held == 0 ? 2 * FIRST_CAPACITY : 2 * held;
            bits = Arrays.copyOf(bits, Math.min(more, 2 * CHUNK));
        }
        bits[held] = id.high();
        bits[held + 1] = id.low();
        held += 2;
        disorderMillis = Math.max(disorderMillis, newestMillis - id.timeMillis());
        newestMillis = Math.max(newestMillis, id.timeMillis());
        lastArrivalMillis = arrivedAtMillis;
        if (held == 2 * CHUNK) {
            chunks.storeSeen(head, new SeenChunk(bits, newestMillis, arrivedAtMillis));
            tailArrivalMillis = tail == head ? arrivedAtMillis : tailArrivalMillis;
            head++;
            storedNewestMillis = newestMillis;
            held = 0;
            bits = NOTHING;
        }
    }

    /** Forgets the chunks whose last id arrived {@link #MEMORY_MILLIS} ago or earlier. */
    public void forget(long nowMillis, Chunks chunks) {
        long cutoff = nowMillis - MEMORY_MILLIS;
        while (tail < head && tailArrivalMillis <= cutoff) {
            chunks.removeSeen(tail);
            tail++;
            tailArrivalMillis = tail < head ? chunks.loadSeen(tail).lastArrivalMillis() : 0;
        }
        if (held > 0 && lastArrivalMillis <= cutoff) {
            held = 0;
            bits = NOTHING;
        }
    }

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return held == 0 && tail == head;
    }

    /** Number of the oldest stored chunk. */
    public long tail() {
        return tail;
    }

    /** Number of the chunk being filled. */
    public long head() {
        return head;
    }

    /** When the last id of the oldest stored chunk arrived, epoch milliseconds. */
    public long tailArrivalMillis() {
        return tailArrivalMillis;
    }

    /** Latest time of issue in stored chunks, epoch milliseconds. */
    public long storedNewestMillis() {
        return storedNewestMillis;
    }

    /** Latest time of issue of all, epoch milliseconds. */
    public long newestMillis() {
        return newestMillis;
    }

    /** The most that an id was older than the newest before it, milliseconds. */
    public long disorderMillis() {
        return disorderMillis;
    }

    /** When the last id arrived, epoch milliseconds. */
    public long lastArrivalMillis() {
        return lastArrivalMillis;
    }

    /** Both halves of each held id in turn; a copy. */
    public long[] heldBits() {
        return Arrays.copyOf(bits, held);
    }

    /**
     * Goes to the first chunk that ends with a time of issue not before the id's, and on from there
     * for as long as an id may have come late.
     */
    private boolean isStored(RequestKey id, Chunks chunks) {
        long low = tail;
        long high = head - 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (chunks.loadSeen(middle).newestMillis() >= id.timeMillis()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        for (long number = low; number < head; number++) {
            SeenChunk chunk = chunks.loadSeen(number);
            if (chunk.contains(id)) {
                return true;
            }
            if (chunk.newestMillis() - disorderMillis > id.timeMillis()) {
                return false;
            }
        }
        return false;
    }
}
