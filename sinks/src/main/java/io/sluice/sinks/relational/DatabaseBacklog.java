package io.sluice.sinks.relational;

import io.sluice.sinks.aws.Backoff;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one database of the mirror has not got yet: one entry per key, oldest first. Knows how long
 * to leave the database alone after a failure, and finds the row that it refuses among others by
 * trying half as many; such a row waits apart and is tried alone.
 *
 * <p>Times are milliseconds of any clock that does not go back. Not thread-safe.
 */
final class DatabaseBacklog {
    /** How long a refused row waits before it is tried again. */
    static final long REFUSED_MILLIS = 60_000;

    private final String database;
    private final Limits limits;
    private final Backoff backoff;
    private final Map<String, BacklogEntry> entries = new LinkedHashMap<>();
    private final Deque<BacklogEntry> queue = new ArrayDeque<>();
    private final Deque<BacklogEntry> refused = new ArrayDeque<>();
    private int mostRows;
    private int batchesUnderWay;
    private int failures;
    private long dueAtMillis;
    private long refusedDueAtMillis;

    DatabaseBacklog(String database, Limits limits, Backoff backoff) {
        this.database = database;
        this.limits = limits;
        this.backoff = backoff;
        this.mostRows = limits.batchRows;
    }

    String database() {
        return database;
    }

    /** Takes a row in; returns by how many bytes the backlog has grown. */
    long offer(MirrorRow row, long nowMillis) {
        String key = row.key();
        BacklogEntry entry = entries.get(key);
        long before = entry == null ? 0 : entry.bytes();
        if (entry == null) {
            entry = new BacklogEntry(key, nowMillis);
            entries.put(key, entry);
        }
        boolean idle = !entry.isWaiting() && !entry.isBeingWritten();
        entry.offer(row);
        if (idle) {
            enqueue(entry, nowMillis);
        }
        return entry.bytes() - before;
    }

    /** What is to be written now; null if nothing is, or enough is under way. */
    @Nullable Batch poll(long nowMillis) {
        // While the database is away one batch at a time tells whether it is back.
        int most = failures == 0 ? limits.batchesAtOnce : 1;
        if (batchesUnderWay >= most || nowMillis < dueAtMillis) {
            return null;
        }
        List<BacklogEntry> next = new ArrayList<>();
        if (!refused.isEmpty() && nowMillis >= refusedDueAtMillis) {
            next.add(refused.removeFirst());
        } else {
            while (next.size() < mostRows && !queue.isEmpty()) {
                next.add(queue.removeFirst());
            }
        }
        if (next.isEmpty()) {
            return null;
        }
        batchesUnderWay++;
        return new Batch(this, next);
    }

    /** All of a batch is in the database; returns by how many bytes the backlog has shrunk. */
    long written(Batch batch, long nowMillis) {
        batchesUnderWay--;
        failures = 0;
        mostRows = Math.min(limits.batchRows, mostRows * 2);
        long freed = 0;
        for (BacklogEntry entry : batch.entries()) {
            long before = entry.bytes();
            entry.written(nowMillis);
            entries.remove(entry.key());
            if (entry.isWaiting()) {
                entries.put(entry.key(), entry);
                enqueue(entry, nowMillis);
                freed += before - entry.bytes();
            } else {
                freed += before;
            }
        }
        return freed;
    }

    /** Nothing of a batch is known to be in the database, which is away: it rests. */
    long failed(Batch batch, long nowMillis) {
        // Those that were under way together tell of one failure.
        if (failures == 0 || nowMillis >= dueAtMillis) {
            failures++;
            dueAtMillis = nowMillis + backoff.delayMillis(failures);
        }
        return again(batch);
    }

    /** The database is there and refuses something in a batch; tells whether it is known what. */
    long refused(Batch batch, long nowMillis) {
        if (batch.rows().size() > 1) {
            mostRows = Math.max(1, batch.rows().size() / 2);
            return again(batch);
        }
        batchesUnderWay--;
        BacklogEntry entry = batch.entries().get(0);
        long before = entry.bytes();
        entry.failed();
        refused.addLast(entry);
        refusedDueAtMillis = nowMillis + REFUSED_MILLIS;
        return before - entry.bytes();
    }

    /** Whether this row would replace another. */
    boolean holdsKeyOf(MirrorRow row) {
        return entries.containsKey(row.key());
    }

    /** When {@link #poll} may give something; {@code Long.MAX_VALUE} if an end of a write comes. */
    long nextDueAtMillis() {
        if (batchesUnderWay >= (failures == 0 ? limits.batchesAtOnce : 1)) {
            return Long.MAX_VALUE;
        }
        long next = queue.isEmpty() ? Long.MAX_VALUE : dueAtMillis;
        return refused.isEmpty() ? next : Math.min(next, Math.max(dueAtMillis, refusedDueAtMillis));
    }

    /** Times in a row that the database was found away. */
    int failures() {
        return failures;
    }

    /** Rows that it refuses. */
    int refusedRows() {
        return refused.size();
    }

    int rows() {
        return entries.size();
    }

    /** Since when the oldest row waits; {@code Long.MAX_VALUE} if none does. */
    long oldestSinceMillis() {
        return entries.isEmpty()
                ? Long.MAX_VALUE
                : entries.values().iterator().next().sinceMillis();
    }

    /** Adds the newest version of each row to the list. */
    void addUnwritten(Collection<MirrorRow> rows) {
        entries.values().forEach(entry -> rows.add(entry.newest()));
    }

    /** From now on nothing waits for company. */
    void hurry(long nowMillis) {
        if (failures == 0) {
            dueAtMillis = Math.min(dueAtMillis, nowMillis);
        }
    }

    private void enqueue(BacklogEntry entry, long nowMillis) {
        if (queue.isEmpty() && failures == 0) {
            dueAtMillis = nowMillis + limits.gatherMillis;
        }
        queue.addLast(entry);
    }

    /** What failed comes first again. */
    private long again(Batch batch) {
        batchesUnderWay--;
        long freed = 0;
        for (int i = batch.entries().size() - 1; i >= 0; i--) {
            BacklogEntry entry = batch.entries().get(i);
            long before = entry.bytes();
            entry.failed();
            queue.addFirst(entry);
            freed += before - entry.bytes();
        }
        return freed;
    }

    /** How much goes to a database at once. */
    static final class Limits {
        private final long gatherMillis;
        private final int batchRows;
        private final int batchesAtOnce;

        /**
         * @param gatherMillis how long a row waits for newer versions and for company
         * @param batchRows rows of one transaction
         * @param batchesAtOnce transactions at once
         */
        Limits(long gatherMillis, int batchRows, int batchesAtOnce) {
            this.gatherMillis = gatherMillis;
            this.batchRows = batchRows;
            this.batchesAtOnce = batchesAtOnce;
        }
    }
}
