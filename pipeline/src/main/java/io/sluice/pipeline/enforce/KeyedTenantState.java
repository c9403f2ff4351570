package io.sluice.pipeline.enforce;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.usage.LabelBook;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's state in Flink's keyed state. Every entry is a state entry of its own, so an event
 * reads and writes only what it touches. Belongs to the task thread; the current key is the tenant.
 *
 * <p>State names are a promise to savepoints. The sweep of the engine clears windows, cached
 * answers and seen ids of tenants that have traffic; what a silent tenant left stays until it comes
 * back.
 */
final class KeyedTenantState implements TenantState {
    private static final long HOUR_MILLIS = 3_600_000;

    private final ValueState<TenantCore> core;
    private final MapState<Long, long[]> minuteChunks;
    private final MapState<String, Long> seen;
    private final ValueState<Long> seenClearedHour;
    private final MapState<String, Hold> holds;
    private final MapState<String, Flight> flights;
    private final MapState<String, CacheEntry> cache;
    private final MapState<UsageKey, UsageCounts> usage;
    private final ValueState<LabelBook> labelBook;

    KeyedTenantState(RuntimeContext context) {
        core = context.getState(new ValueStateDescriptor<>("tenant-core", Types.TENANT_CORE));
        minuteChunks =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "minute-log-chunks",
                                TypeInformation.of(Long.class),
                                PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        seen = context.getMapState(named("seen-request-ids", TypeInformation.of(Long.class)));
        seenClearedHour =
                context.getState(
                        new ValueStateDescriptor<>(
                                "seen-cleared-hour", TypeInformation.of(Long.class)));
        holds = context.getMapState(named("holds", Types.HOLD));
        flights = context.getMapState(named("flights", Types.FLIGHT));
        cache = context.getMapState(named("cached-answers", Types.CACHE_ENTRY));
        usage =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "usage-windows", Types.USAGE_KEY, Types.USAGE_COUNTS));
        labelBook = context.getState(new ValueStateDescriptor<>("label-book", Types.LABEL_BOOK));
    }

    private static <T> MapStateDescriptor<String, T> named(String name, TypeInformation<T> type) {
        return new MapStateDescriptor<>(name, TypeInformation.of(String.class), type);
    }

    @Override
    public TenantCore core() {
        TenantCore known = StateAccess.call(core::value);
        return known == null ? new TenantCore() : known;
    }

    @Override
    public void save(TenantCore value) {
        StateAccess.run(() -> core.update(value));
    }

    @Override
    public long[] load(long number) {
        long[] times = StateAccess.call(() -> minuteChunks.get(number));
        if (times == null) {
            throw new IllegalStateException("the minute log lost its chunk " + number);
        }
        return times;
    }

    @Override
    public void store(long number, long[] times) {
        StateAccess.run(() -> minuteChunks.put(number, times));
    }

    @Override
    public void remove(long number) {
        StateAccess.run(() -> minuteChunks.remove(number));
    }

    @Override
    public long seenAt(String requestId) {
        Long atMillis = StateAccess.call(() -> seen.get(requestId));
        return atMillis == null ? -1 : atMillis;
    }

    @Override
    public void see(String requestId, long atMillis) {
        StateAccess.run(() -> seen.put(requestId, atMillis));
    }

    @Override
    public void forgetSeenBefore(long atMillis) {
        long hour = Math.floorDiv(atMillis, HOUR_MILLIS);
        Long clearedHour = StateAccess.call(seenClearedHour::value);
        if (clearedHour != null && hour <= clearedHour) {
            return;
        }
        StateAccess.run(
                () -> {
                    seenClearedHour.update(hour);
                    Iterator<Map.Entry<String, Long>> entries = seen.iterator();
                    while (entries.hasNext()) {
                        if (entries.next().getValue() < atMillis) {
                            entries.remove();
                        }
                    }
                });
    }

    @Override
    public @Nullable Hold hold(String requestId) {
        return StateAccess.call(() -> holds.get(requestId));
    }

    @Override
    public void putHold(String requestId, Hold hold) {
        StateAccess.run(() -> holds.put(requestId, hold));
    }

    @Override
    public void removeHold(String requestId) {
        StateAccess.run(() -> holds.remove(requestId));
    }

    @Override
    public @Nullable Flight flight(String cacheKey) {
        return StateAccess.call(() -> flights.get(cacheKey));
    }

    @Override
    public void putFlight(String cacheKey, Flight flight) {
        StateAccess.run(() -> flights.put(cacheKey, flight));
    }

    @Override
    public void removeFlight(String cacheKey) {
        StateAccess.run(() -> flights.remove(cacheKey));
    }

    @Override
    public @Nullable CacheEntry cached(String cacheKey) {
        return StateAccess.call(() -> cache.get(cacheKey));
    }

    @Override
    public void putCached(String cacheKey, CacheEntry entry) {
        StateAccess.run(() -> cache.put(cacheKey, entry));
    }

    @Override
    public void removeCached(String cacheKey) {
        StateAccess.run(() -> cache.remove(cacheKey));
    }

    @Override
    public Iterable<String> cachedKeys() {
        return StateAccess.copyOf(cache::keys);
    }

    @Override
    public @Nullable UsageCounts usage(UsageKey key) {
        return StateAccess.call(() -> usage.get(key));
    }

    @Override
    public void putUsage(UsageKey key, UsageCounts counts) {
        StateAccess.run(() -> usage.put(key, counts));
    }

    @Override
    public void removeUsage(UsageKey key) {
        StateAccess.run(() -> usage.remove(key));
    }

    @Override
    public Iterable<UsageKey> usageKeys() {
        return StateAccess.copyOf(usage::keys);
    }

    @Override
    public LabelBook labelBook(long atMillis) {
        LabelBook known = StateAccess.call(labelBook::value);
        return known == null ? new LabelBook(Granularity.DAY.windowStart(atMillis)) : known;
    }

    @Override
    public void saveLabelBook(LabelBook book) {
        StateAccess.run(() -> labelBook.update(book));
    }
}
