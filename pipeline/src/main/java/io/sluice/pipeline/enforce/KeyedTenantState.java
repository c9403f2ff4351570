package io.sluice.pipeline.enforce;

import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.dedupe.SeenChunk;
import io.sluice.pipeline.dedupe.SeenIds;
import io.sluice.pipeline.session.Conversation;
import io.sluice.pipeline.state.StateAccess;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's state in Flink's keyed state: the core as one value behind {@link TenantCores}, the
 * rest as entries of their own. Belongs to the task thread; the current key is the tenant.
 *
 * <p>State names are a promise to savepoints.
 */
final class KeyedTenantState implements TenantState {
    private final TenantCores cores;
    private final MapState<Long, long[]> minuteChunks;
    private final MapState<Long, SeenChunk> seenChunks;
    private final MapState<String, Hold> holds;
    private final MapState<String, CacheSlot> slots;
    private final MapState<String, Conversation> conversations;
    private String tenantId = "";

    KeyedTenantState(RuntimeContext context, int mostCores, Consumer<String> keySwitch) {
        cores =
                new TenantCores(
                        context.getState(
                                new ValueStateDescriptor<>("tenant-core", Types.TENANT_CORE)),
                        mostCores,
                        keySwitch);
        minuteChunks =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "minute-log-chunks",
                                TypeInformation.of(Long.class),
                                PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
        seenChunks =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "seen-id-chunks",
                                TypeInformation.of(Long.class),
                                Types.SEEN_CHUNK));
        holds = context.getMapState(named("holds", Types.HOLD));
        slots = context.getMapState(named("cache-slots", Types.CACHE_SLOT));
        conversations = context.getMapState(named("conversations", Types.CONVERSATION));
    }

    private static <T> MapStateDescriptor<String, T> named(String name, TypeInformation<T> type) {
        return new MapStateDescriptor<>(name, TypeInformation.of(String.class), type);
    }

    /** Says whose state it is from now on: the current key. */
    void of(String currentTenantId) {
        tenantId = currentTenantId;
    }

    /** Writes what is not in Flink's state yet. Leaves another tenant as the current key. */
    void flush() {
        cores.flush();
    }

    /** Sees to it that a timer comes for this tenant. */
    void watch(TimerService timers) {
        cores.watch(tenantId, timers);
    }

    /** Sees to it that another timer comes if the tenant has anything that can become overdue. */
    void rewatch(TimerService timers) {
        TenantCore core = core();
        if (core.hasLive() || hasEntries()) {
            cores.watch(tenantId, timers);
        }
    }

    /** Whether an event at that time would clear something in a tenant that has none. */
    boolean isOverdue(long nowMillis) {
        TenantCore core = core();
        boolean silent = nowMillis - core.arrivalMillis() >= SeenIds.MEMORY_MILLIS;
        return core.holds().anyDue(nowMillis, this) || (silent && (core.hasLive() || hasEntries()));
    }

    private boolean hasEntries() {
        return Boolean.TRUE.equals(
                StateAccess.call(() -> !slots.isEmpty() || !conversations.isEmpty()));
    }

    @Override
    public TenantCore core() {
        return cores.get(tenantId);
    }

    @Override
    public void save(TenantCore value) {
        cores.changed(tenantId);
    }

    @Override
    public long[] load(long number) {
        return there(StateAccess.call(() -> minuteChunks.get(number)), "minute log", number);
    }

    @Override
    public void store(long number, long[] entries) {
        StateAccess.run(() -> minuteChunks.put(number, entries));
    }

    @Override
    public void remove(long number) {
        StateAccess.run(() -> minuteChunks.remove(number));
    }

    @Override
    public SeenChunk loadSeen(long number) {
        return there(StateAccess.call(() -> seenChunks.get(number)), "seen ids", number);
    }

    @Override
    public void storeSeen(long number, SeenChunk chunk) {
        StateAccess.run(() -> seenChunks.put(number, chunk));
    }

    @Override
    public void removeSeen(long number) {
        StateAccess.run(() -> seenChunks.remove(number));
    }

    @Override
    public @Nullable Hold loadHold(String requestId) {
        return StateAccess.call(() -> holds.get(requestId));
    }

    @Override
    public void storeHold(String requestId, Hold hold) {
        StateAccess.run(() -> holds.put(requestId, hold));
    }

    @Override
    public void removeHold(String requestId) {
        StateAccess.run(() -> holds.remove(requestId));
    }

    @Override
    public Iterable<String> holdIds() {
        return StateAccess.copyOf(holds::keys);
    }

    @Override
    public @Nullable CacheSlot slot(String cacheKey) {
        return StateAccess.call(() -> slots.get(cacheKey));
    }

    @Override
    public void putSlot(String cacheKey, CacheSlot slot) {
        StateAccess.run(() -> slots.put(cacheKey, slot));
    }

    @Override
    public void removeSlot(String cacheKey) {
        StateAccess.run(() -> slots.remove(cacheKey));
    }

    @Override
    public Iterable<String> slotKeys() {
        return StateAccess.copyOf(slots::keys);
    }

    @Override
    public @Nullable Conversation conversation(String key) {
        return StateAccess.call(() -> conversations.get(key));
    }

    @Override
    public void putConversation(String key, Conversation conversation) {
        StateAccess.run(() -> conversations.put(key, conversation));
    }

    @Override
    public void removeConversation(String key) {
        StateAccess.run(() -> conversations.remove(key));
    }

    @Override
    public Iterable<String> conversationKeys() {
        return StateAccess.copyOf(conversations::keys);
    }

    @Override
    public void forgetAnswersAndConversations() {
        slots.clear();
        conversations.clear();
    }

    private static <T> T there(@Nullable T chunk, String what, long number) {
        if (chunk == null) {
            throw new IllegalStateException("the " + what + " lost chunk " + number);
        }
        return chunk;
    }
}
