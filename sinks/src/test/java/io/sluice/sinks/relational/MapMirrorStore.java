package io.sluice.sinks.relational;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Databases in memory that keep the promise of the port, can be away, refuse rows and hold on. */
final class MapMirrorStore implements MirrorStore {
    final Map<String, Map<String, MirrorRow>> databases = new HashMap<>();
    final Set<String> away = new HashSet<>();
    final List<List<MirrorRow>> writes = new ArrayList<>();
    final List<Runnable> held = new ArrayList<>();
    Predicate<MirrorRow> refused = row -> false;
    boolean holding;

    @Override
    public CompletableFuture<?> write(String database, List<MirrorRow> rows) {
        writes.add(rows);
        CompletableFuture<Object> end = new CompletableFuture<>();
        Runnable write = () -> writeNow(database, rows, end);
        if (holding) {
            held.add(write);
        } else {
            write.run();
        }
        return end;
    }

    /** What of a database is there, by key. */
    Map<String, MirrorRow> rowsOf(String database) {
        return databases.getOrDefault(database, Map.of());
    }

    @Override
    public void close() {}

    private void writeNow(String database, List<MirrorRow> rows, CompletableFuture<Object> end) {
        if (away.contains(database)) {
            end.completeExceptionally(
                    MirrorException.of(new SQLException("connection refused", "08001")));
        } else if (rows.stream().anyMatch(refused)) {
            end.completeExceptionally(
                    MirrorException.of(new SQLException("violates a check", "23514")));
        } else {
            Map<String, MirrorRow> kept =
                    databases.computeIfAbsent(database, name -> new HashMap<>());
            rows.forEach(
                    row ->
                            kept.merge(
                                    row.key(),
                                    row,
                                    (old, next) -> next.version() > old.version() ? next : old));
            end.complete(rows.size());
        }
    }
}
