package io.sluice.pipeline.enforce;

import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.dedupe.SeenChunk;
import io.sluice.pipeline.session.Conversation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's state on the heap: for simulation and replay, where nothing has to survive. */
public final class MemoryTenantState implements TenantState {
    private final TenantCore core = new TenantCore();
    private final Map<Long, long[]> minuteChunks = new HashMap<>();
    private final Map<Long, SeenChunk> seenChunks = new HashMap<>();
    private final Map<String, Hold> holds = new HashMap<>();
    private final Map<String, CacheSlot> slots = new HashMap<>();
    private final Map<String, Conversation> conversations = new HashMap<>();

    @Override
    public TenantCore core() {
        return core;
    }

    @Override
    public void save(TenantCore value) {}

    @Override
    public long[] load(long number) {
        return there(minuteChunks.get(number), number);
    }

    @Override
    public void store(long number, long[] entries) {
        minuteChunks.put(number, entries);
    }

    @Override
    public void remove(long number) {
        minuteChunks.remove(number);
    }

    @Override
    public SeenChunk loadSeen(long number) {
        return there(seenChunks.get(number), number);
    }

    @Override
    public void storeSeen(long number, SeenChunk chunk) {
        seenChunks.put(number, chunk);
    }

    @Override
    public void removeSeen(long number) {
        seenChunks.remove(number);
    }

    @Override
    public @Nullable Hold loadHold(String requestId) {
        return holds.get(requestId);
    }

    @Override
    public void storeHold(String requestId, Hold hold) {
        holds.put(requestId, hold);
    }

    @Override
    public void removeHold(String requestId) {
        holds.remove(requestId);
    }

    @Override
    public Iterable<String> holdIds() {
        return new ArrayList<>(holds.keySet());
    }

    @Override
    public @Nullable CacheSlot slot(String cacheKey) {
        return slots.get(cacheKey);
    }

    @Override
    public void putSlot(String cacheKey, CacheSlot slot) {
        slots.put(cacheKey, slot);
    }

    @Override
    public void removeSlot(String cacheKey) {
        slots.remove(cacheKey);
    }

    @Override
    public Iterable<String> slotKeys() {
        return new ArrayList<>(slots.keySet());
    }

    @Override
    public @Nullable Conversation conversation(String key) {
        return conversations.get(key);
    }

    @Override
    public void putConversation(String key, Conversation conversation) {
        conversations.put(key, conversation);
    }

    @Override
    public void removeConversation(String key) {
        conversations.remove(key);
    }

    @Override
    public Iterable<String> conversationKeys() {
        return new ArrayList<>(conversations.keySet());
    }

    @Override
    public void forgetAnswersAndConversations() {
        slots.clear();
        conversations.clear();
    }

    private static <T> T there(@Nullable T chunk, long number) {
        if (chunk == null) {
            throw new IllegalStateException("chunk " + number + " is not there");
        }
        return chunk;
    }
}
