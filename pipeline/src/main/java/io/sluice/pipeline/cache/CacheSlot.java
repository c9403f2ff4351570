package io.sluice.pipeline.cache;

import org.jspecify.annotations.Nullable;

/** What is known under one cache key: a kept answer, a call in flight, or both. Immutable. */
public final class CacheSlot {
    private final @Nullable CacheEntry entry;
    private final @Nullable Flight flight;

    /** A slot with neither. */
    public static final CacheSlot EMPTY = new CacheSlot(null, null);

    /** A slot of these two, of which either may be missing. */
    public CacheSlot(@Nullable CacheEntry entry, @Nullable Flight flight) {
        this.entry = entry;
        this.flight = flight;
    }

    /** The kept answer; null if there is none. */
    public @Nullable CacheEntry entry() {
        return entry;
    }

    /** The call in flight; null if there is none. */
    public @Nullable Flight flight() {
        return flight;
    }

    /** The slot with another answer. */
    public CacheSlot withEntry(@Nullable CacheEntry other) {
        return new CacheSlot(other, flight);
    }

    /** The slot with another flight. */
    public CacheSlot withFlight(@Nullable Flight other) {
        return new CacheSlot(entry, other);
    }

    /** Whether neither is there. */
    public boolean isEmpty() {
        return entry == null && flight == null;
    }
}
