package io.sluice.local.command.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ContentHash;
import io.sluice.contract.Isolation;
import io.sluice.contract.TenantTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One kind of rows of one tenant on its way from one table to another. */
final class RowCopy {
    /** What DynamoDB reads at once. */
    private static final int CHUNK = 100;

    private final MoveTables tables;
    private final MovedKind kind;
    private final String from;
    private final String to;
    private final Isolation isolation;
    private final ExecutorService threads;
    private final Runnable row;

    /**
     * A copy between the tenant's tables of that kind.
     *
     * @param from where its rows lie until now
     * @param isolation where they are to lie
     * @param threads carry the writes
     * @param row told of each row that was dealt with
     */
    RowCopy(
            MoveTables tables,
            MovedKind kind,
            String tenantId,
            Isolation from,
            Isolation isolation,
            ExecutorService threads,
            Runnable row) {
        TenantTable names = kind.shape().tables();
        this.tables = tables;
        this.kind = kind;
        this.from = names.of(tenantId, from);
        this.to = names.of(tenantId, isolation);
        this.isolation = isolation;
        this.threads = threads;
        this.row = row;
    }

    /** Copies what has settled, or all; gives how many rows were written. */
    long copy(boolean all) throws InterruptedException {
        return each(all, this::put);
    }

    /** Copies each row once more and removes it where it was, if it has not changed meanwhile. */
    long remove() throws InterruptedException {
        return each(
                true,
                one -> {
                    put(one);
                    return tables.remove(from, kind, one);
                });
    }

    /** Whether no row is left where they were. */
    boolean isEmpty() {
        return !tables.rows(from, kind).hasNext();
    }

    /**
     * Compares what has settled, or all, row by row. A row that was written since it was copied is
     * copied again first.
     */
    MoveReport.Compared compare(boolean all, long nowMillis) {
        Tally tally = new Tally();
        Iterator<ObjectNode> rows = tables.rows(from, kind);
        while (rows.hasNext()) {
            List<ObjectNode> chunk = next(rows, all);
            chunk.removeIf(one -> MoveTables.isOver(one, nowMillis));
            Map<String, ObjectNode> found = found(chunk);
            List<ObjectNode> late =
                    chunk.stream().filter(one -> !stands(one, found) && put(one)).toList();
            found.putAll(found(late));
            tally.copied += late.size();
            chunk.forEach(one -> tally.add(one, found.get(rangeKey(one))));
        }
        return tally.compared();
    }

    private Map<String, ObjectNode> found(List<ObjectNode> rows) {
        return rows.isEmpty() ? new HashMap<>() : tables.find(to, kind, rows);
    }

    private boolean stands(ObjectNode one, Map<String, ObjectNode> found) {
        MovedKind.Standing standing = kind.standing(one, found.get(rangeKey(one)));
        return standing == MovedKind.Standing.SAME || standing == MovedKind.Standing.NEWER;
    }

    private boolean put(ObjectNode one) {
        return tables.put(to, kind, kind.stamped(one, isolation));
    }

    private String rangeKey(ObjectNode one) {
        return one.path(kind.shape().rangeKey()).asText();
    }

    private long each(boolean all, Predicate<ObjectNode> work) throws InterruptedException {
        long done = 0;
        Iterator<ObjectNode> rows = tables.rows(from, kind);
        while (rows.hasNext()) {
            done += parallel(next(rows, all), work);
        }
        return done;
    }

    private List<ObjectNode> next(Iterator<ObjectNode> rows, boolean all) {
        List<ObjectNode> chunk = new ArrayList<>(CHUNK);
        while (rows.hasNext() && chunk.size() < CHUNK) {
            ObjectNode one = rows.next();
            if (all || kind.isSettled(one)) {
                chunk.add(one);
            }
        }
        return chunk;
    }

    private long parallel(List<ObjectNode> chunk, Predicate<ObjectNode> work)
            throws InterruptedException {
        List<Callable<Boolean>> tasks = new ArrayList<>(chunk.size());
        chunk.forEach(one -> tasks.add(() -> work.test(one)));
        long count = 0;
        for (Future<Boolean> task : threads.invokeAll(tasks)) {
            count += outcome(task) ? 1 : 0;
            row.run();
        }
        return count;
    }

    private static boolean outcome(Future<Boolean> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a row could not be moved", e.getCause());
        }
    }

    /** Counts how rows stand. */
    private final class Tally {
        private long rows;
        private long same;
        private long newer;
        private long missing;
        private long different;
        private long copied;
        private String fromHash = "";
        private String toHash = "";

        void add(ObjectNode one, @Nullable ObjectNode found) {
            rows++;
            switch (kind.standing(one, found)) {
                case SAME -> same++;
                case NEWER -> {
                    newer++;
                    return;
                }
                case MISSING -> missing++;
                case DIFFERENT -> different++;
            }
            fromHash = ContentHash.of(fromHash + MovedKind.content(one));
            toHash = ContentHash.of(toHash + (found == null ? "" : MovedKind.content(found)));
        }

        MoveReport.Compared compared() {
            return new MoveReport.Compared(
                    from, to, rows, same, newer, missing, different, copied, fromHash, toHash);
        }
    }
}
