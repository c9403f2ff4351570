package io.sluice.pipeline.topology;

import io.sluice.contract.Event;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.EventJson;
import io.sluice.pipeline.enforce.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The outside of a job that runs in this process: a log of two shards, tables that never go back,
 * and a switch that makes the next call fail the job. Jobs find it by name, because what they carry
 * is copied.
 */
final class LoopStore {
    static final int SHARDS = 2;

    private static final Map<String, LoopStore> BY_NAME = new ConcurrentHashMap<>();

    final Map<String, ResultItem> results = new ConcurrentHashMap<>();
    final Map<String, UsageItem> usage = new ConcurrentHashMap<>();
    final AtomicInteger checkpoints = new AtomicInteger();
    final AtomicInteger crashesToCome = new AtomicInteger();
    final AtomicInteger starts = new AtomicInteger();
    final AtomicInteger letters = new AtomicInteger();
    private final List<List<StreamRecord>> shards = List.of(new ArrayList<>(), new ArrayList<>());

    static LoopStore create(String name) {
        LoopStore store = new LoopStore();
        BY_NAME.put(name, store);
        return store;
    }

    static LoopStore of(String name) {
        return BY_NAME.get(name);
    }

    /**
     * Appends an event to its tenant's shard; arrival times are given, so that runs can be
     * compared.
     */
    synchronized void append(Event event, long arrivedAtMillis) {
        int shard = Math.floorMod(event.tenantId().hashCode(), SHARDS);
        List<StreamRecord> records = shards.get(shard);
        records.add(
                new StreamRecord(
                        EventJson.write(event),
                        event.tenantId(),
                        "shard-" + shard,
                        String.valueOf(records.size()),
                        arrivedAtMillis));
        notifyAll();
    }

    /** Appends an event that arrives when the newest of its shard did: the log's now. */
    synchronized void appendNow(Event event) {
        List<StreamRecord> records = shards.get(Math.floorMod(event.tenantId().hashCode(), SHARDS));
        append(event, records.get(records.size() - 1).arrivedAtMillis());
    }

    /** Appends bytes that are no event. */
    synchronized void appendRaw(byte[] data, String tenantId, long arrivedAtMillis) {
        int shard = Math.floorMod(tenantId.hashCode(), SHARDS);
        String number = String.valueOf(shards.get(shard).size());
        shards.get(shard)
                .add(new StreamRecord(data, tenantId, "shard-" + shard, number, arrivedAtMillis));
        notifyAll();
    }

    /** What lies in the shard from there on, at most 20; waits a while if there is nothing. */
    @SuppressWarnings("WaitNotInLoop") // woken for nothing, it finds nothing and is called again
    synchronized List<StreamRecord> read(int shard, int from) throws InterruptedException {
        if (shards.get(shard).size() <= from) {
            wait(20);
        }
        List<StreamRecord> records = shards.get(shard);
        return List.copyOf(
                records.subList(
                        Math.min(from, records.size()), Math.min(from + 20, records.size())));
    }

    /** A final result is written once. */
    void put(ResultItem item) {
        results.putIfAbsent(item.requestId(), item);
    }

    /** A row never goes back. */
    void put(UsageItem item) {
        UsageKey key = item.key();
        usage.merge(
                item.tenantId() + ' ' + key.rangeKey(),
                item,
                (before, after) -> after.version() > before.version() ? after : before);
    }
}
