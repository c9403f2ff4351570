package io.sluice.pipeline.enforce;

import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.usage.LabelBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/** A tenant's state of which only bytes are kept: every read decodes, every write encodes. */
final class StoredTenantState implements TenantState {
    private static final TypeSerializer<TenantCore> CORE = serializer(Types.TENANT_CORE);
    private static final TypeSerializer<Hold> HOLD = serializer(Types.HOLD);
    private static final TypeSerializer<Flight> FLIGHT = serializer(Types.FLIGHT);
    private static final TypeSerializer<CacheEntry> CACHE_ENTRY = serializer(Types.CACHE_ENTRY);
    private static final TypeSerializer<UsageKey> USAGE_KEY = serializer(Types.USAGE_KEY);
    private static final TypeSerializer<UsageCounts> USAGE_COUNTS = serializer(Types.USAGE_COUNTS);
    private static final TypeSerializer<LabelBook> LABEL_BOOK = serializer(Types.LABEL_BOOK);

    private final SortedMap<String, byte[]> entries = new TreeMap<>();
    private final SortedMap<Long, long[]> chunks = new TreeMap<>();
    private final SortedMap<String, Long> seen = new TreeMap<>();
    private int writes;

    /** How often anything was written or removed. */
    int writes() {
        return writes;
    }

    /** How many entries of that kind there are, such as {@code hold}. */
    long count(String kind) {
        return entries.keySet().stream().filter(name -> name.startsWith(kind + ' ')).count();
    }

    @Override
    public TenantCore core() {
        TenantCore core = get("core ", CORE);
        return core == null ? new TenantCore() : core;
    }

    @Override
    public void save(TenantCore core) {
        put("core ", core, CORE);
    }

    @Override
    public long[] load(long number) {
        return chunks.get(number).clone();
    }

    @Override
    public void store(long number, long[] times) {
        writes++;
        chunks.put(number, times.clone());
    }

    @Override
    public void remove(long number) {
        writes++;
        chunks.remove(number);
    }

    @Override
    public long seenAt(String requestId) {
        return seen.getOrDefault(requestId, -1L);
    }

    @Override
    public void see(String requestId, long atMillis) {
        writes++;
        seen.put(requestId, atMillis);
    }

    @Override
    public void forgetSeenBefore(long atMillis) {
        writes++;
        seen.values().removeIf(at -> at < atMillis);
    }

    @Override
    public @Nullable Hold hold(String requestId) {
        return get("hold " + requestId, HOLD);
    }

    @Override
    public void putHold(String requestId, Hold hold) {
        put("hold " + requestId, hold, HOLD);
    }

    @Override
    public void removeHold(String requestId) {
        writes++;
        entries.remove("hold " + requestId);
    }

    @Override
    public @Nullable Flight flight(String cacheKey) {
        return get("flight " + cacheKey, FLIGHT);
    }

    @Override
    public void putFlight(String cacheKey, Flight flight) {
        put("flight " + cacheKey, flight, FLIGHT);
    }

    @Override
    public void removeFlight(String cacheKey) {
        writes++;
        entries.remove("flight " + cacheKey);
    }

    @Override
    public @Nullable CacheEntry cached(String cacheKey) {
        return get("cached " + cacheKey, CACHE_ENTRY);
    }

    @Override
    public void putCached(String cacheKey, CacheEntry entry) {
        put("cached " + cacheKey, entry, CACHE_ENTRY);
    }

    @Override
    public void removeCached(String cacheKey) {
        writes++;
        entries.remove("cached " + cacheKey);
    }

    @Override
    public Iterable<String> cachedKeys() {
        return entries.keySet().stream()
                .filter(name -> name.startsWith("cached "))
                .map(name -> name.substring("cached ".length()))
                .toList();
    }

    @Override
    public @Nullable UsageCounts usage(UsageKey key) {
        return get(name(key), USAGE_COUNTS);
    }

    @Override
    public void putUsage(UsageKey key, UsageCounts counts) {
        put(name(key), counts, USAGE_COUNTS);
    }

    @Override
    public void removeUsage(UsageKey key) {
        writes++;
        entries.remove(name(key));
    }

    @Override
    public Iterable<UsageKey> usageKeys() {
        return entries.keySet().stream()
                .filter(name -> name.startsWith("usage "))
                .map(
                        name ->
                                decode(
                                        name.substring("usage ".length())
                                                .getBytes(StandardCharsets.ISO_8859_1),
                                        USAGE_KEY))
                .toList();
    }

    @Override
    public LabelBook labelBook(long atMillis) {
        LabelBook book = get("labels ", LABEL_BOOK);
        return book == null ? new LabelBook(0) : book;
    }

    @Override
    public void saveLabelBook(LabelBook book) {
        put("labels ", book, LABEL_BOOK);
    }

    private static String name(UsageKey key) {
        return "usage " + new String(encode(key, USAGE_KEY), StandardCharsets.ISO_8859_1);
    }

    private <T> @Nullable T get(String name, TypeSerializer<T> serializer) {
        byte[] bytes = entries.get(name);
        return bytes == null ? null : decode(bytes, serializer);
    }

    private <T> void put(String name, T value, TypeSerializer<T> serializer) {
        writes++;
        entries.put(name, encode(value, serializer));
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    private static <T> byte[] encode(T value, TypeSerializer<T> serializer) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(value, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T decode(byte[] bytes, TypeSerializer<T> serializer) {
        try {
            return serializer.deserialize(new DataInputDeserializer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
