package io.sluice.pipeline.enforce;

import io.sluice.pipeline.budget.Saturating;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The holds of a tenant and their sums. The first {@value #INLINE} lie here, with the state that
 * every event reads anyway; what is more goes to {@link Overflow}. Not thread-safe.
 */
public final class Holds {
    /** Holds that lie here. */
    public static final int INLINE = 8;

    /** Where the holds lie that have no room here. */
    public interface Overflow {
        /** The hold of a request; null if it has none there. */
        @Nullable Hold loadHold(String requestId);

        /** Keeps a hold. */
        void storeHold(String requestId, Hold hold);

        /** Forgets a hold. */
        void removeHold(String requestId);

        /** The ids of all, in any order; a copy. */
        Iterable<String> holdIds();
    }

    private final SortedMap<String, Hold> inline;
    private int overflowing;
    private int pending;
    private long heldPicoUsd;
    private long nextExpiryMillis;

    /** No holds. */
    public Holds() {
        this(new TreeMap<>(), 0, 0, 0, Long.MAX_VALUE);
    }

    /**
     * Holds as they were left. Does not validate.
     *
     * @param inline those that lie here; not copied
     * @param overflowing how many lie elsewhere
     * @param pending how many have not expired
     * @param heldPicoUsd what they reserve together
     * @param nextExpiryMillis no hold expires before that
     */
    public Holds(
            SortedMap<String, Hold> inline,
            int overflowing,
            int pending,
            long heldPicoUsd,
            long nextExpiryMillis) {
        this.inline = inline;
        this.overflowing = overflowing;
        this.pending = pending;
        this.heldPicoUsd = heldPicoUsd;
        this.nextExpiryMillis = nextExpiryMillis;
    }

    /** The hold of a request; null if it has none. */
    public @Nullable Hold get(String requestId, Overflow overflow) {
        Hold hold = inline.get(requestId);
        return hold == null && overflowing > 0 ? overflow.loadHold(requestId) : hold;
    }

    /** Keeps the hold of a request that has none. */
    void add(String requestId, Hold hold, Overflow overflow) {
        count(hold);
        keep(requestId, hold, overflow);
    }

    /** Keeps another hold in place of the one that a request has. */
    void replace(String requestId, Hold before, Hold after, Overflow overflow) {
        boolean exact = discount(before);
        count(after);
        if (inline.containsKey(requestId)) {
            inline.put(requestId, after);
        } else {
            overflow.storeHold(requestId, after);
        }
        if (!exact) {
            recount(overflow);
        }
    }

    /** Forgets the hold that a request has. */
    void remove(String requestId, Hold hold, Overflow overflow) {
        boolean exact = discount(hold);
        if (inline.remove(requestId) == null) {
            overflow.removeHold(requestId);
            overflowing--;
        }
        if (!exact) {
            recount(overflow);
        }
    }

    /** The ids of the holds that expire at or before that time, in alphabetical order. */
    List<String> due(long nowMillis, Overflow overflow) {
        if (nowMillis < nextExpiryMillis) {
            return List.of();
        }
        List<String> due = new ArrayList<>();
        nextExpiryMillis = Long.MAX_VALUE;
        for (Map.Entry<String, Hold> entry : inline.entrySet()) {
            sort(entry.getKey(), entry.getValue(), nowMillis, due);
        }
        if (overflowing > 0) {
            for (String requestId : overflow.holdIds()) {
                Hold hold = overflow.loadHold(requestId);
                if (hold != null) {
                    sort(requestId, hold, nowMillis, due);
                }
            }
        }
        Collections.sort(due);
        return due;
    }

    /** Whether an event at that time would end a hold; changes nothing. */
    boolean anyDue(long nowMillis, Overflow overflow) {
        if (nowMillis < nextExpiryMillis) {
            return false;
        }
        for (Hold hold : inline.values()) {
            if (hold.isDue(nowMillis)) {
                return true;
            }
        }
        if (overflowing > 0) {
            for (String requestId : overflow.holdIds()) {
                Hold hold = overflow.loadHold(requestId);
                if (hold != null && hold.isDue(nowMillis)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Requests that are admitted and have not ended or expired. */
    public int pending() {
        return pending;
    }

    /** Whether there are none, not even expired ones. */
    public boolean isEmpty() {
        return inline.isEmpty() && overflowing == 0;
    }

    /** Money reserved, 10^-12 USD; {@link Long#MAX_VALUE} also stands for more. */
    public long heldPicoUsd() {
        return heldPicoUsd;
    }

    /** No hold expires before that arrival time; {@link Long#MAX_VALUE} if there is none. */
    public long nextExpiryMillis() {
        return nextExpiryMillis;
    }

    /** The holds that lie here, by request. Live. */
    public SortedMap<String, Hold> inline() {
        return inline;
    }

    /** How many lie elsewhere. */
    public int overflowing() {
        return overflowing;
    }

    private void keep(String requestId, Hold hold, Overflow overflow) {
        if (inline.size() < INLINE) {
            inline.put(requestId, hold);
        } else {
            overflow.storeHold(requestId, hold);
            overflowing++;
        }
    }

    private void sort(String requestId, Hold hold, long nowMillis, List<String> due) {
        if (hold.expiresAtMillis() <= nowMillis) {
            due.add(requestId);
        } else {
            nextExpiryMillis = Math.min(nextExpiryMillis, hold.expiresAtMillis());
        }
    }

    private void count(Hold hold) {
        if (!hold.expired()) {
            pending++;
            heldPicoUsd = Saturating.sum(heldPicoUsd, hold.picoUsd());
        }
        nextExpiryMillis = Math.min(nextExpiryMillis, hold.expiresAtMillis());
    }

    /** Takes a hold out of the sums; whether they are exact afterwards. */
    private boolean discount(Hold hold) {
        if (hold.expired()) {
            return true;
        }
        pending--;
        if (heldPicoUsd == Long.MAX_VALUE) {
            return false; // so much was held that the sum says no more than that
        }
        heldPicoUsd -= hold.picoUsd();
        return true;
    }

    private void recount(Overflow overflow) {
        heldPicoUsd = 0;
        for (Hold hold : inline.values()) {
            heldPicoUsd = Saturating.sum(heldPicoUsd, hold.picoUsd());
        }
        if (overflowing > 0) {
            for (String requestId : overflow.holdIds()) {
                Hold hold = overflow.loadHold(requestId);
                heldPicoUsd = Saturating.sum(heldPicoUsd, hold == null ? 0 : hold.picoUsd());
            }
        }
    }
}
