package io.sluice.pipeline.topology;

import io.sluice.contract.UsageItem;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.json.EventJson;
import io.sluice.pipeline.enforce.Exit;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.StreamRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A recorded log of several shards, and what the runs of a job that reads it gave out, run by run.
 * A run begins with every start of the job, the first or another one. Jobs find it by name, because
 * what they carry is copied.
 */
final class PlayedLog {
    static final int SHARDS = 8;

    private static final Map<String, PlayedLog> BY_NAME = new ConcurrentHashMap<>();

    /** What one run gave out, by tenant, and how far it has come. */
    static final class Run {
        final Map<String, Map<Exit, List<String>>> outputs = new ConcurrentHashMap<>();
        final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger linesAfterCheckpoint = new AtomicInteger();
        private final Set<Integer> heldBack = ConcurrentHashMap.newKeySet();
        private volatile boolean checkpointed;
    }

    final Map<String, UsageItem> usage = new ConcurrentHashMap<>();
    final AtomicInteger letters = new AtomicInteger();

    /** What all runs published, in no order between tenants. */
    final Queue<AuditRecord> audit = new ConcurrentLinkedQueue<>();

    /** Where records are archived; null if they are not. */
    @Nullable String archive;

    private final List<List<StreamRecord>> shards = new ArrayList<>();
    private final Map<Integer, Run> runs = new ConcurrentHashMap<>();
    private final Interruptions interruptions;

    private PlayedLog(Interruptions interruptions) {
        this.interruptions = interruptions;
        for (int shard = 0; shard < SHARDS; shard++) {
            shards.add(new ArrayList<>());
        }
    }

    /** These records in their order, on the shards of their tenants. */
    static PlayedLog create(String name, List<LogRecord> log, Interruptions interruptions) {
        PlayedLog played = new PlayedLog(interruptions);
        for (LogRecord record : log) {
            int shard = Math.floorMod(record.tenantId().hashCode(), SHARDS);
            played.add(
                    shard,
                    EventJson.write(record.event()),
                    record.tenantId(),
                    record.arrivedAtMillis());
        }
        BY_NAME.put(name, played);
        return played;
    }

    /** The same log, given out so far as this one. */
    PlayedLog copy(String name) {
        PlayedLog copy = new PlayedLog(interruptions);
        for (int shard = 0; shard < SHARDS; shard++) {
            copy.shards.get(shard).addAll(shards.get(shard));
        }
        copy.runs.putAll(runs);
        copy.usage.putAll(usage);
        copy.audit.addAll(audit);
        copy.archive = archive;
        BY_NAME.put(name, copy);
        return copy;
    }

    static PlayedLog of(String name) {
        return BY_NAME.get(name);
    }

    /** Puts bytes that are no event at the end of a shard. */
    void add(int shard, byte[] data, String tenantId, long arrivedAtMillis) {
        String number = String.valueOf(shards.get(shard).size());
        shards.get(shard)
                .add(new StreamRecord(data, tenantId, "shard-" + shard, number, arrivedAtMillis));
    }

    /** What the runs gave out, in their order. */
    List<Run> runs() {
        List<Run> all = new ArrayList<>();
        for (int run = 0; runs.containsKey(run); run++) {
            all.add(runs.get(run));
        }
        return all;
    }

    Run run(int run) {
        return runs.computeIfAbsent(run, number -> new Run());
    }

    List<StreamRecord> shard(int shard) {
        return shards.get(shard);
    }

    /** Whether a run may read a record now; waits a while if not. */
    @SuppressWarnings("WaitNotInLoop") // woken for nothing, it is called again
    synchronized boolean mayRead(int run, int shard, int position) throws InterruptedException {
        if (interruptions.holdsBack(run, position, shards.get(shard).size())
                && !(interruptions.endsByItself(run) && run(run).checkpointed)) {
            run(run).heldBack.add(shard);
            wait(10);
            return false;
        }
        return true;
    }

    /** Whether the first run has read from every shard what it may, and all its tasks run. */
    boolean isHeldBack() {
        return run(0).heldBack.size() == SHARDS && run(0).checkpointed;
    }

    /** Whether all readers of a run are at the end; waits a while if not. */
    @SuppressWarnings("WaitNotInLoop") // woken for nothing, it is called again
    synchronized boolean haveAllEnded(int run, int readers) throws InterruptedException {
        if (run(run).ended.get() < readers) {
            wait(10);
            return false;
        }
        return true;
    }

    void checkpointed(int run) {
        run(run).checkpointed = true;
    }

    /** Notes what left by an exit; fails if that is where the run is to end. */
    void gaveOut(int run, Exit exit, String tenantId, String line) {
        Run current = run(run);
        if (current.checkpointed
                && current.linesAfterCheckpoint.incrementAndGet()
                        > interruptions.linesUntilKilled(run)) {
            throw new IllegalStateException("the job is made to fail here");
        }
        current.outputs
                .computeIfAbsent(tenantId, id -> new EnumMap<>(Exit.class))
                .computeIfAbsent(exit, key -> new ArrayList<>())
                .add(line);
    }

    /** A row never goes back. */
    void put(UsageItem item) {
        usage.merge(
                item.tenantId() + ' ' + item.key().rangeKey(),
                item,
                (before, after) -> after.version() >= before.version() ? after : before);
    }
}
