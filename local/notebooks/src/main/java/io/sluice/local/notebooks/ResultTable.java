package io.sluice.local.notebooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a query came to: its rows in the order of their columns. */
public final class ResultTable {
    private final String title;
    private final List<String> columns;
    private final List<List<@Nullable Object>> rows;
    private final boolean complete;

    ResultTable(
            String title,
            List<String> columns,
            List<List<@Nullable Object>> rows,
            boolean complete) {
        this.title = title;
        this.columns = columns;
        this.rows = rows;
        this.complete = complete;
    }

    /** Its paragraph's. */
    public String title() {
        return title;
    }

    /** Names of columns. */
    public List<String> columns() {
        return columns;
    }

    /** Rows, sorted by their first column, then by their second, and so on. */
    public List<List<@Nullable Object>> rows() {
        return rows;
    }

    /** Whether everything was read that the stream had; if not, time ran out. */
    public boolean complete() {
        return complete;
    }
}
