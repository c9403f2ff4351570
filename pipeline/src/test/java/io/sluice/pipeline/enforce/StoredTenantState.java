package io.sluice.pipeline.enforce;

import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.dedupe.SeenChunk;
import io.sluice.pipeline.session.Conversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private static final TypeSerializer<SeenChunk> SEEN = serializer(Types.SEEN_CHUNK);
    private static final TypeSerializer<Hold> HOLD = serializer(Types.HOLD);
    private static final TypeSerializer<CacheSlot> SLOT = serializer(Types.CACHE_SLOT);
    private static final TypeSerializer<Conversation> CONVERSATION = serializer(Types.CONVERSATION);

    private final SortedMap<String, byte[]> entries = new TreeMap<>();
    private final SortedMap<Long, long[]> chunks = new TreeMap<>();
    private int writes;

    /** What there is: a kind and a name each. */
    List<String> entries() {
        List<String> all = new ArrayList<>(entries.keySet());
        chunks.keySet().forEach(number -> all.add("chunk " + number));
        return all;
    }

    /** Bytes of all values. */
    int bytes() {
        int bytes = 0;
        for (byte[] value : entries.values()) {
            bytes += value.length;
        }
        return bytes + chunks.values().stream().mapToInt(chunk -> 8 * chunk.length).sum();
    }

    /** Another state of the same bytes. */
    StoredTenantState copy() {
        StoredTenantState copy = new StoredTenantState();
        copy.entries.putAll(entries); // arrays are never changed
        chunks.forEach((number, entries) -> copy.chunks.put(number, entries.clone()));
        return copy;
    }

    /** All bytes, readable. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        entries.forEach((name, bytes) -> all.append(name + ' ' + Arrays.toString(bytes) + '\n'));
        chunks.forEach((number, times) -> all.append(number + " " + Arrays.toString(times)));
        return all.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredTenantState && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** How often anything was written or removed. */
    int writes() {
        return writes;
    }

    /** How many entries of that kind there are, such as {@code hold}. */
    long count(String kind) {
        return keys(kind).size();
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
    public SeenChunk loadSeen(long number) {
        return get("seen " + number, SEEN);
    }

    @Override
    public void storeSeen(long number, SeenChunk chunk) {
        put("seen " + number, chunk, SEEN);
    }

    @Override
    public void removeSeen(long number) {
        drop("seen " + number);
    }

    @Override
    public @Nullable Hold loadHold(String requestId) {
        return get("hold " + requestId, HOLD);
    }

    @Override
    public void storeHold(String requestId, Hold hold) {
        put("hold " + requestId, hold, HOLD);
    }

    @Override
    public void removeHold(String requestId) {
        drop("hold " + requestId);
    }

    @Override
    public Iterable<String> holdIds() {
        return keys("hold");
    }

    @Override
    public @Nullable CacheSlot slot(String cacheKey) {
        return get("slot " + cacheKey, SLOT);
    }

    @Override
    public void putSlot(String cacheKey, CacheSlot slot) {
        put("slot " + cacheKey, slot, SLOT);
    }

    @Override
    public void removeSlot(String cacheKey) {
        drop("slot " + cacheKey);
    }

    @Override
    public Iterable<String> slotKeys() {
        return keys("slot");
    }

    @Override
    public @Nullable Conversation conversation(String key) {
        return get("conversation " + key, CONVERSATION);
    }

    @Override
    public void putConversation(String key, Conversation conversation) {
        put("conversation " + key, conversation, CONVERSATION);
    }

    @Override
    public void removeConversation(String key) {
        drop("conversation " + key);
    }

    @Override
    public Iterable<String> conversationKeys() {
        return keys("conversation");
    }

    @Override
    public void forgetAnswersAndConversations() {
        slotKeys().forEach(this::removeSlot);
        conversationKeys().forEach(this::removeConversation);
    }

    private List<String> keys(String kind) {
        List<String> keys = new ArrayList<>();
        for (String name : entries.keySet()) {
            if (name.startsWith(kind + ' ')) {
                keys.add(name.substring(kind.length() + 1));
            }
        }
        return keys;
    }

    private void drop(String name) {
        writes++;
        entries.remove(name);
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
