package io.sluice.pipeline.enforce;

import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.dedupe.SeenChunk;
import io.sluice.pipeline.session.Conversation;
import org.jspecify.annotations.Nullable;

/** A state that hands everything on, for others to change one thing about. */
abstract class ForwardingTenantState implements TenantState {
    private final TenantState kept;

    ForwardingTenantState(TenantState kept) {
        this.kept = kept;
    }

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
    public void store(long number, long[] entries) {
        kept.store(number, entries);
    }

    @Override
    public void remove(long number) {
        kept.remove(number);
    }

    @Override
    public SeenChunk loadSeen(long number) {
        return kept.loadSeen(number);
    }

    @Override
    public void storeSeen(long number, SeenChunk chunk) {
        kept.storeSeen(number, chunk);
    }

    @Override
    public void removeSeen(long number) {
        kept.removeSeen(number);
    }

    @Override
    public @Nullable Hold loadHold(String requestId) {
        return kept.loadHold(requestId);
    }

    @Override
    public void storeHold(String requestId, Hold hold) {
        kept.storeHold(requestId, hold);
    }

    @Override
    public void removeHold(String requestId) {
        kept.removeHold(requestId);
    }

    @Override
    public Iterable<String> holdIds() {
        return kept.holdIds();
    }

    @Override
    public @Nullable CacheSlot slot(String cacheKey) {
        return kept.slot(cacheKey);
    }

    @Override
    public void putSlot(String cacheKey, CacheSlot slot) {
        kept.putSlot(cacheKey, slot);
    }

    @Override
    public void removeSlot(String cacheKey) {
        kept.removeSlot(cacheKey);
    }

    @Override
    public Iterable<String> slotKeys() {
        return kept.slotKeys();
    }

    @Override
    public @Nullable Conversation conversation(String key) {
        return kept.conversation(key);
    }

    @Override
    public void putConversation(String key, Conversation conversation) {
        kept.putConversation(key, conversation);
    }

    @Override
    public void removeConversation(String key) {
        kept.removeConversation(key);
    }

    @Override
    public Iterable<String> conversationKeys() {
        return kept.conversationKeys();
    }

    @Override
    public void forgetAnswersAndConversations() {
        kept.forgetAnswersAndConversations();
    }
}
