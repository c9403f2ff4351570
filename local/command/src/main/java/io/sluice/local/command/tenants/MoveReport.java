package io.sluice.local.command.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import io.sluice.local.command.print.TextTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a move did and compared. Not thread-safe. */
public final class MoveReport {
    /** How a run ended. */
    public enum Ending {
        /** The tenant's rows lie there already, and nowhere else. */
        NOTHING_TO_DO("nothing-to-do"),
        /** New rows go there; what requests from before the switch still write is read too. */
        SWITCHED("switched"),
        /** All rows lie there and nowhere else. */
        MOVED("moved"),
        /** Rows differ: nothing was removed. */
        DIFFERENT("different");

        private final String wireName;

        Ending(String wireName) {
            this.wireName = wireName;
        }
    }

    /**
     * The rows of one kind, as they were compared last.
     *
     * @param from the table that they are moved out of
     * @param to the table that they are moved to
     * @param rows in the first, without those whose time is over
     * @param same with the same content in the second
     * @param newer that stand in the second by what came after them
     * @param missing in the second
     * @param different in the second
     * @param copied while they were compared, because they were written since
     * @param fromHash SHA-256 of the contents, in order, of rows that are not superseded
     * @param toHash the same of what was found in the second
     */
    public record Compared(
            String from,
            String to,
            long rows,
            long same,
            long newer,
            long missing,
            long different,
            long copied,
            String fromHash,
            String toHash) {
        boolean isFine() {
            return missing == 0 && different == 0 && fromHash.equals(toHash);
        }
    }

    private final String tenantId;
    private final String isolation;
    private final List<Compared> compared = new ArrayList<>();
    private Ending ending = Ending.NOTHING_TO_DO;
    private long copied;
    private long removed;
    private @Nullable Instant lateRowsUntil;

    MoveReport(String tenantId, String isolation) {
        this.tenantId = tenantId;
        this.isolation = isolation;
    }

    void copied(long rows) {
        copied += rows;
    }

    void removed(long rows) {
        removed += rows;
    }

    /** Forgets what was compared before. */
    void comparing() {
        compared.clear();
    }

    void add(Compared kind) {
        copied += kind.copied();
        compared.add(kind);
    }

    void end(Ending how) {
        ending = how;
    }

    void lateRowsUntil(long millis) {
        lateRowsUntil = Instant.ofEpochMilli(millis);
    }

    /** How it ended. */
    public Ending ending() {
        return ending;
    }

    /** Rows that were copied. */
    public long copied() {
        return copied;
    }

    /** Rows that were removed after they stood in the other table. */
    public long removed() {
        return removed;
    }

    /** What was compared, one for each kind of rows; none if nothing was to do. */
    public List<Compared> compared() {
        return List.copyOf(compared);
    }

    /** Whether no difference was found. */
    public boolean isFine() {
        return compared.stream().allMatch(Compared::isFine);
    }

    /** For programs. */
    public ObjectNode json() {
        ObjectNode node =
                Json.object()
                        .put("tenant_id", tenantId)
                        .put("isolation", isolation)
                        .put("status", ending.wireName)
                        .put("copied", copied)
                        .put("removed", removed);
        if (lateRowsUntil != null) {
            node.put("late_rows_until", lateRowsUntil.toString());
        }
        var tables = node.putArray("tables");
        for (Compared one : compared) {
            tables.addObject()
                    .put("from", one.from())
                    .put("to", one.to())
                    .put("rows", one.rows())
                    .put("same", one.same())
                    .put("newer", one.newer())
                    .put("missing", one.missing())
                    .put("different", one.different())
                    .put("from_sha256", one.fromHash())
                    .put("to_sha256", one.toHash());
        }
        return node;
    }

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (!compared.isEmpty()) {
            TextTable table =
                    TextTable.ofNumbers()
                            .row("to", "from", "rows", "same", "newer", "missing", "different");
            for (Compared one : compared) {
                table.row(
                        one.to(),
                        one.from(),
                        Long.toString(one.rows()),
                        Long.toString(one.same()),
                        Long.toString(one.newer()),
                        Long.toString(one.missing()),
                        Long.toString(one.different()));
            }
            text.append(table.text()).append('\n');
        }
        return text.append(sentence()).append('\n').toString();
    }

    private String sentence() {
        return switch (ending) {
            case NOTHING_TO_DO ->
                    "Nothing to do: the rows of " + tenantId + " lie " + where() + " already.";
            case SWITCHED ->
                    "New rows of "
                            + tenantId
                            + " lie "
                            + where()
                            + "; "
                            + copied
                            + " were copied. Requests from before the switch may write to the old"
                            + " tables until "
                            + lateRowsUntil
                            + "; both are read. Run it again after that, while the job runs, to"
                            + " copy these and remove the old rows.";
            case MOVED ->
                    "All rows of "
                            + tenantId
                            + " lie "
                            + where()
                            + ": "
                            + copied
                            + " were copied, "
                            + removed
                            + " removed where they were.";
            case DIFFERENT ->
                    "Rows differ, so none was removed; both tables are read. Look at them before"
                            + " running it again.";
        };
    }

    private String where() {
        return isolation.equals("pooled") ? "in the shared tables" : "in tables of its own";
    }
}
