package io.sluice.pipeline.enforce;

import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.usage.LabelBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's state in maps, for tests of the pure engine. */
final class InMemoryTenantState implements TenantState {
    private TenantCore core = new TenantCore();
    final Map<Long, long[]> chunks = new HashMap<>();
    final Map<String, Long> seen = new HashMap<>();
    final Map<String, Hold> holds = new HashMap<>();
    final Map<String, Flight> flights = new HashMap<>();
    final Map<String, CacheEntry> cache = new HashMap<>();
    final Map<UsageKey, UsageCounts> usage = new HashMap<>();
    private LabelBook labels = new LabelBook(0);

    @Override
    public TenantCore core() {
        return core;
    }

    @Override
    public void save(TenantCore value) {
        core = value;
    }

    @Override
    public long[] load(long number) {
        return chunks.get(number).clone();
    }

    @Override
    public void store(long number, long[] times) {
        chunks.put(number, times.clone());
    }

    @Override
    public void remove(long number) {
        chunks.remove(number);
    }

    @Override
    public long seenAt(String requestId) {
        return seen.getOrDefault(requestId, -1L);
    }

    @Override
    public void see(String requestId, long atMillis) {
        seen.put(requestId, atMillis);
    }

    @Override
    public void forgetSeenBefore(long atMillis) {
        seen.values().removeIf(at -> at < atMillis);
    }

    @Override
    public @Nullable Hold hold(String requestId) {
        return holds.get(requestId);
    }

    @Override
    public void putHold(String requestId, Hold hold) {
        holds.put(requestId, hold);
    }

    @Override
    public void removeHold(String requestId) {
        holds.remove(requestId);
    }

    @Override
    public @Nullable Flight flight(String cacheKey) {
        return flights.get(cacheKey);
    }

    @Override
    public void putFlight(String cacheKey, Flight flight) {
        flights.put(cacheKey, flight);
    }

    @Override
    public void removeFlight(String cacheKey) {
        flights.remove(cacheKey);
    }

    @Override
    public @Nullable CacheEntry cached(String cacheKey) {
        return cache.get(cacheKey);
    }

    @Override
    public void putCached(String cacheKey, CacheEntry entry) {
        cache.put(cacheKey, entry);
    }

    @Override
    public void removeCached(String cacheKey) {
        cache.remove(cacheKey);
    }

    @Override
    public Iterable<String> cachedKeys() {
        return new ArrayList<>(cache.keySet());
    }

    @Override
    public @Nullable UsageCounts usage(UsageKey key) {
        return usage.get(key);
    }

    @Override
    public void putUsage(UsageKey key, UsageCounts counts) {
        usage.put(key, counts);
    }

    @Override
    public void removeUsage(UsageKey key) {
        usage.remove(key);
    }

    @Override
    public Iterable<UsageKey> usageKeys() {
        return new ArrayList<>(usage.keySet());
    }

    @Override
    public LabelBook labelBook(long atMillis) {
        return labels;
    }

    @Override
    public void saveLabelBook(LabelBook book) {
        labels = book;
    }
}
