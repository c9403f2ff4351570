package io.sluice.pipeline.enforce;

import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.usage.LabelBook;
import org.jspecify.annotations.Nullable;

/** A state on which the sweep has no effect: what only the sweep removes stays. */
final class NeverForgettingState implements TenantState {
    private final InMemoryTenantState kept = new InMemoryTenantState();

    @Override
    public void forgetSeenBefore(long atMillis) {}

    @Override
    public void removeCached(String cacheKey) {}

    @Override
    public void removeUsage(UsageKey key) {}

    @Override
    public TenantCore core() {
        return kept.core();
    }

    @Override
    public void save(TenantCore core) {
        kept.save(core);
    }

    @Override
    public long[] load(long number) {
        return kept.load(number);
    }

    @Override
    public void store(long number, long[] times) {
        kept.store(number, times);
    }

    @Override
    public void remove(long number) {
        kept.remove(number);
    }

    @Override
    public long seenAt(String requestId) {
        return kept.seenAt(requestId);
    }

    @Override
    public void see(String requestId, long atMillis) {
        kept.see(requestId, atMillis);
    }

    @Override
    public @Nullable Hold hold(String requestId) {
        return kept.hold(requestId);
    }

    @Override
    public void putHold(String requestId, Hold hold) {
        kept.putHold(requestId, hold);
    }

    @Override
    public void removeHold(String requestId) {
        kept.removeHold(requestId);
    }

    @Override
    public @Nullable Flight flight(String cacheKey) {
        return kept.flight(cacheKey);
    }

    @Override
    public void putFlight(String cacheKey, Flight flight) {
        kept.putFlight(cacheKey, flight);
    }

    @Override
    public void removeFlight(String cacheKey) {
        kept.removeFlight(cacheKey);
    }

    @Override
    public @Nullable CacheEntry cached(String cacheKey) {
        return kept.cached(cacheKey);
    }

    @Override
    public void putCached(String cacheKey, CacheEntry entry) {
        kept.putCached(cacheKey, entry);
    }

    @Override
    public Iterable<String> cachedKeys() {
        return kept.cachedKeys();
    }

    @Override
    public @Nullable UsageCounts usage(UsageKey key) {
        return kept.usage(key);
    }

    @Override
    public void putUsage(UsageKey key, UsageCounts counts) {
        kept.putUsage(key, counts);
    }

    @Override
    public Iterable<UsageKey> usageKeys() {
        return kept.usageKeys();
    }

    @Override
    public LabelBook labelBook(long atMillis) {
        return kept.labelBook(atMillis);
    }

    @Override
    public void saveLabelBook(LabelBook book) {
        kept.saveLabelBook(book);
    }
}
