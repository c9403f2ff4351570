package io.sluice.pipeline.enforce;

import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.dedupe.SeenIds;
import io.sluice.pipeline.limit.SlidingLog;
import io.sluice.pipeline.session.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * Everything the engine keeps of one tenant: one core that every event reads and writes, and
 * entries that few events touch. Iteration orders are never seen in decisions. One thread at a
 * time.
 */
public interface TenantState extends SlidingLog.Chunks, SeenIds.Chunks, Holds.Overflow {
    /**
     * The tenant's core; a new one if the tenant was not seen yet. The engine changes it in place
     * and then saves it.
     */
    TenantCore core();

    /** Keeps the core. */
    void save(TenantCore core);

    /** What is known under a cache key; null if nothing is. */
    @Nullable CacheSlot slot(String cacheKey);

    /** Keeps what is known under a cache key. */
    void putSlot(String cacheKey, CacheSlot slot);

    /** Forgets what is known under a cache key. */
    void removeSlot(String cacheKey);

    /** All cache keys under which something is known, in any order; a copy. */
    Iterable<String> slotKeys();

    /** A conversation; null if it has not begun. */
    @Nullable Conversation conversation(String key);

    /** Keeps a conversation. */
    void putConversation(String key, Conversation conversation);

    /** Forgets a conversation. */
    void removeConversation(String key);

    /** The keys of all conversations, in any order; a copy. */
    Iterable<String> conversationKeys();

    /** Forgets all answers and all conversations. */
    void forgetAnswersAndConversations();
}
