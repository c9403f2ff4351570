package io.sluice.pipeline.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known under one cache key: a kept answer, calls in flight, or both. There is more than
 * one call only for requests that could not wait for those before them. Immutable.
 */
public final class CacheSlot {
    /**
     * The most requests of one key that are called for others or wait at a time. Each that joins
     * rewrites the slot: so many ids are some 40 KB. What comes on top is called for itself alone.
     */
    public static final int MOST_CALLERS = 1_000;

    private final @Nullable CacheEntry entry;
    private final List<Flight> flights;

    /** A slot with neither. */
    public static final CacheSlot EMPTY = new CacheSlot(null, List.of());

    /** A slot of that answer, which may be missing, and of these flights, oldest first; copied. */
    public CacheSlot(@Nullable CacheEntry entry, List<Flight> flights) {
        this.entry = entry;
        this.flights = Collections.unmodifiableList(new ArrayList<>(flights));
    }

    /** The kept answer; null if there is none. */
    public @Nullable CacheEntry entry() {
        return entry;
    }

    /** The calls in flight, oldest first. */
    public List<Flight> flights() {
        return flights;
    }

    /** Whether one more request may wait, or be called for others. */
    public boolean hasRoom() {
        int callers = 0;
        for (Flight flight : flights) {
            callers += 1 + flight.followers().size();
        }
        return callers < MOST_CALLERS;
    }

    /** The oldest flight that a request of that lane and deadline may wait for; null if none. */
    public @Nullable Flight inTimeFor(boolean bulk, long deadlineAtMillis) {
        for (Flight flight : flights) {
            if (flight.isInTimeFor(bulk, deadlineAtMillis)) {
                return flight;
            }
        }
        return null;
    }

    /** The flight of that leader; null if it leads none. */
    public @Nullable Flight ledBy(String requestId) {
        for (Flight flight : flights) {
            if (flight.leader().equals(requestId)) {
                return flight;
            }
        }
        return null;
    }

    /** The slot with another answer. */
    public CacheSlot withEntry(@Nullable CacheEntry other) {
        return new CacheSlot(other, flights);
    }

    /** The slot with one more flight. */
    public CacheSlot with(Flight flight) {
        List<Flight> more = new ArrayList<>(flights);
        more.add(flight);
        return new CacheSlot(entry, more);
    }

    /** The slot with another flight, or none, in the place of one of its own. */
    public CacheSlot replacing(Flight own, @Nullable Flight other) {
        List<Flight> others = new ArrayList<>(flights);
        int place = others.indexOf(own);
        if (other == null) {
            others.remove(place);
        } else {
            others.set(place, other);
        }
        return new CacheSlot(entry, others);
    }

    /** The slot without a follower, whomever it waits for. */
    public CacheSlot leftBy(String requestId) {
        List<Flight> others = new ArrayList<>(flights);
        others.replaceAll(flight -> flight.leftBy(requestId));
        return new CacheSlot(entry, others);
    }

    /** Whether neither is there. */
    public boolean isEmpty() {
        return entry == null && flights.isEmpty();
    }
}
