package io.sluice.sinks.relational;

import java.io.IOException;
import java.sql.SQLException;

/** The tables of the mirror. Codes are written into checkpoints and never change. */
public enum MirrorTable {
    /** Usage windows. */
    USAGE_WINDOWS(1),
    /** Results' metadata. */
    RESULTS(2);

    private static final RowSql USAGE_WINDOW_ROWS = new UsageWindowRows();
    private static final RowSql RESULT_ROWS = new ResultRows();

    private final int code;

    MirrorTable(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The statement that writes one row so that writing it again changes nothing. */
    String upsert() {
        return sql().upsert();
    }

    /** Sets the statement's parameters to those of the row. */
    void bind(MirrorRow row, Parameters parameters) throws SQLException {
        sql().bind(row.item(), parameters);
    }

    private RowSql sql() {
        return this == RESULTS ? RESULT_ROWS : USAGE_WINDOW_ROWS;
    }

    static MirrorTable ofCode(int code) throws IOException {
        for (MirrorTable table : values()) {
            if (table.code == code) {
                return table;
            }
        }
        throw new IOException("mirror row: seen table " + code + ", expected 1 or 2");
    }
}
