package io.sluice.sinks.relational;

import io.sluice.sinks.aws.Backoff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the mirror has not got yet, by database: the newest version of each row. A database that is
 * away, or refuses a row, holds up no other.
 *
 * <p>Times are milliseconds of any clock that does not go back. Not thread-safe.
 */
final class Backlog {
    private final Function<String, DatabaseBacklog.Limits> limits;
    private final Backoff backoff;
    private final Map<String, DatabaseBacklog> databases = new LinkedHashMap<>();
    private long bytes;

    /** {@code limits} by database. */
    Backlog(Function<String, DatabaseBacklog.Limits> limits, Backoff backoff) {
        this.limits = limits;
        this.backoff = backoff;
    }

    /**
     * Takes a row in; of two with the same key the higher version stays. Returns when {@link #poll}
     * may give something of its database.
     */
    long offer(MirrorRow row, long nowMillis) {
        DatabaseBacklog database =
                databases.computeIfAbsent(
                        row.database(),
                        name -> new DatabaseBacklog(name, limits.apply(name), backoff));
        bytes += database.offer(row, nowMillis);
        return database.nextDueAtMillis();
    }

    /** What is to be written now; null if nothing is. */
    @Nullable Batch poll(long nowMillis) {
        for (DatabaseBacklog database : databases.values()) {
            Batch batch = database.poll(nowMillis);
            if (batch != null) {
                return batch;
            }
        }
        return null;
    }

    /** A batch is in its database; returns how often in a row that was found away before. */
    int written(Batch batch, long nowMillis) {
        DatabaseBacklog database = batch.backlog();
        int failures = database.failures();
        bytes -= database.written(batch, nowMillis);
        if (database.rows() == 0) {
            databases.remove(database.database());
        }
        return failures;
    }

    /** The database of a batch is away; tells whether it was not known to be. */
    boolean failed(Batch batch, long nowMillis) {
        boolean wasThere = batch.backlog().failures() == 0;
        bytes -= batch.backlog().failed(batch, nowMillis);
        return wasThere;
    }

    /** The database of a batch refuses something in it. */
    void refused(Batch batch, long nowMillis) {
        bytes -= batch.backlog().refused(batch, nowMillis);
    }

    /** Whether this row would replace another. */
    boolean holdsKeyOf(MirrorRow row) {
        DatabaseBacklog database = databases.get(row.database());
        return database != null && database.holdsKeyOf(row);
    }

    /** From now on nothing waits for company; a database that is away is left alone still. */
    void hurry(long nowMillis) {
        databases.values().forEach(database -> database.hurry(nowMillis));
    }

    /** When {@link #poll} may give something; {@code Long.MAX_VALUE} if not before a write ends. */
    long nextDueAtMillis() {
        return databases.values().stream()
                .mapToLong(DatabaseBacklog::nextDueAtMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The newest version of each row that is not in the mirror, in any order; a copy. */
    List<MirrorRow> unwritten() {
        List<MirrorRow> rows = new ArrayList<>();
        databases.values().forEach(database -> database.addUnwritten(rows));
        return rows;
    }

    /** Since when the oldest row waits; {@code Long.MAX_VALUE} if none does. */
    long oldestSinceMillis() {
        return databases.values().stream()
                .mapToLong(DatabaseBacklog::oldestSinceMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Rows that are not in the mirror. */
    int rows() {
        return databases.values().stream().mapToInt(DatabaseBacklog::rows).sum();
    }

    /** Rows that a database refuses. */
    int refusedRows() {
        return databases.values().stream().mapToInt(DatabaseBacklog::refusedRows).sum();
    }

    /** Heap that the rows take, about. */
    long bytes() {
        return bytes;
    }
}
