package io.sluice.sinks.relational;

import java.util.ArrayList;
import java.util.List;

/** Rows that are written in one transaction, each key once. */
final class Batch {
    private final DatabaseBacklog backlog;
    private final List<BacklogEntry> entries;
    private final List<MirrorRow> rows;

    /** A batch of what waits in these entries, which is being written from now on. */
    Batch(DatabaseBacklog backlog, List<BacklogEntry> entries) {
        this.backlog = backlog;
        this.entries = entries;
        this.rows = new ArrayList<>(entries.size());
        entries.forEach(entry -> rows.add(entry.startWriting()));
    }

    /** The database, see {@link MirrorRow#database}. */
    String database() {
        return backlog.database();
    }

    List<MirrorRow> rows() {
        return rows;
    }

    DatabaseBacklog backlog() {
        return backlog;
    }

    List<BacklogEntry> entries() {
        return entries;
    }
}
