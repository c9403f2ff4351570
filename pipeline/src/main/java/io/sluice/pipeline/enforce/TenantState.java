package io.sluice.pipeline.enforce;

import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.limit.SlidingLog;
import io.sluice.pipeline.usage.UsageWindows;
import org.jspecify.annotations.Nullable;

/**
 * Everything the engine keeps of one tenant, behind reads and writes of single entries. Iteration
 * orders are never seen in decisions. One thread at a time.
 */
public interface TenantState extends SlidingLog.Chunks, UsageWindows.Rows {
    /**
     * The tenant's core; a new one if the tenant was not seen yet. The engine changes it in place
     * and then saves it.
     */
    TenantCore core();

    /** Keeps the core. */
    void save(TenantCore core);

    /**
     * Decision time at which a request id was first seen, epoch milliseconds; -1 if it was not, or
     * long ago.
     */
    long seenAt(String requestId);

    /** Notes that a request id was seen. */
    void see(String requestId, long atMillis);

    /** Forgets, sooner or later, ids seen before that time. */
    void forgetSeenBefore(long atMillis);

    /** The hold of a request; null if it has none. */
    @Nullable Hold hold(String requestId);

    /** Keeps a hold. */
    void putHold(String requestId, Hold hold);

    /** Ends a hold. */
    void removeHold(String requestId);

    /** The flight under a cache key; null if there is none. */
    @Nullable Flight flight(String cacheKey);

    /** Keeps a flight. */
    void putFlight(String cacheKey, Flight flight);

    /** Ends a flight. */
    void removeFlight(String cacheKey);

    /** The cached answer under a key; null if there is none. */
    @Nullable CacheEntry cached(String cacheKey);

    /** Keeps a cached answer. */
    void putCached(String cacheKey, CacheEntry entry);

    /** Forgets a cached answer. */
    void removeCached(String cacheKey);

    /** All keys of cached answers, in any order; a copy. */
    Iterable<String> cachedKeys();
}
