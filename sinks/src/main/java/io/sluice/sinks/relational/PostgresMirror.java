package io.sluice.sinks.relational;

import io.sluice.sinks.aws.BlockingCalls;
import io.sluice.sinks.aws.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The mirror in PostgreSQL: a transaction for each batch, on as many threads as there are
 * connections, databases in turn.
 */
final class PostgresMirror implements MirrorStore {
    /** The same order everywhere, so that no two transactions wait for each other. */
    private static final Comparator<MirrorRow> IN_ORDER_OF_KEYS =
            Comparator.comparing(MirrorRow::key);

    private final MirrorDatabases databases;
    private final BlockingCalls calls;

    /** Opens no connection yet, so it does not fail if PostgreSQL is away. */
    PostgresMirror(MirrorSettings settings) {
        this.databases = new MirrorDatabases(settings);
        this.calls = new BlockingCalls("mirror", settings.mostConnections());
    }

    @Override
    public CompletableFuture<?> write(String database, List<MirrorRow> rows) {
        return calls.call(database, Stage.END, () -> writeNow(databases.of(database), rows));
    }

    @Override
    public void close() {
        calls.close();
        databases.close();
    }

    private static int writeNow(MirrorDatabase database, List<MirrorRow> rows) {
        try (Connection connection = database.connect()) {
            // The pool rolls back what is not committed.
            connection.setAutoCommit(false);
            for (MirrorTable table : MirrorTable.values()) {
                write(connection, table, rows);
            }
            connection.commit();
            return rows.size();
        } catch (SQLException e) {
            database.failed(e);
            throw MirrorException.of(e);
        }
    }

    private static void write(Connection connection, MirrorTable table, List<MirrorRow> rows)
            throws SQLException {
        List<MirrorRow> ofTable = new ArrayList<>();
        for (MirrorRow row : rows) {
            if (row.table() == table) {
                ofTable.add(row);
            }
        }
        if (ofTable.isEmpty()) {
            return;
        }
        ofTable.sort(IN_ORDER_OF_KEYS);
        try (PreparedStatement statement = connection.prepareStatement(table.upsert())) {
            Parameters parameters = new Parameters(statement);
            for (MirrorRow row : ofTable) {
                table.bind(row, parameters);
            }
            statement.executeBatch();
        }
    }
}
