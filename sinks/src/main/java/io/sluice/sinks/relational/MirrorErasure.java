package io.sluice.sinks.relational;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Removes what the mirror says of a tenant's single requests, from the shared database and from the
 * tenant's own, whichever its policy asks for now. What it used per window is the ledger and stays.
 * Removing may be repeated. Thread-safe.
 */
public final class MirrorErasure {
    private static final String REMOVE = "DELETE FROM results WHERE tenant_id = ?";
    private static final String UNDEFINED_TABLE = "42P01";

    private final MirrorSettings settings;

    /** In the databases of those settings; connects when it removes. */
    public MirrorErasure(MirrorSettings settings) {
        this.settings = settings;
    }

    /**
     * Removes a tenant's results; how many rows there were.
     *
     * @throws SQLException if PostgreSQL is away or refuses; its message tells nothing of rows
     */
    public long remove(String tenantId) throws SQLException {
        String own = DatabaseName.of(tenantId, true);
        long removed;
        boolean hasOwn;
        try (Connection connection = MirrorSource.of(settings).getConnection()) {
            removed = remove(connection, tenantId);
            hasOwn = exists(connection, own);
        }
        if (hasOwn) {
            PGSimpleDataSource source = MirrorSource.of(settings);
            source.setDatabaseName(own);
            try (Connection connection = source.getConnection()) {
                removed += remove(connection, tenantId);
            }
        }
        return removed;
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private static long remove(Connection connection, String tenantId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setString(1, tenantId);
            return statement.executeUpdate();
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return 0; // nothing was ever mirrored into it
            }
            throw e;
        }
    }
}
