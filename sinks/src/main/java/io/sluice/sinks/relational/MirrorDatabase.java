package io.sluice.sinks.relational;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * A database of the mirror and its pool of connections: with today's tables before the first
 * connection is given. Thread-safe.
 */
final class MirrorDatabase implements AutoCloseable {
    /** That a table, a column or the database itself is not there. */
    private static final Set<String> MISSING = Set.of("42P01", "42703", "3D000");

    /** read_only_sql_transaction: the server became a replica. */
    private static final String READ_ONLY = "25006";

    private final HikariDataSource pool;
    private final Preparation preparation;
    private final List<String> before;
    private volatile boolean ready;

    /** What has to be done before the database can be connected to. */
    @FunctionalInterface
    interface Preparation {
        /** Does it, if it is not done; may be called again. */
        void run() throws SQLException;
    }

    /** The shared database, which is there. */
    static MirrorDatabase shared(HikariDataSource pool) {
        return new MirrorDatabase(pool, () -> {}, List.of());
    }

    /** A tenant's own, which is made by {@code preparation}, and into which nobody else gets. */
    static MirrorDatabase own(String name, HikariDataSource pool, Preparation preparation) {
        return new MirrorDatabase(
                pool,
                preparation,
                List.of("REVOKE ALL ON DATABASE " + DatabaseName.quoted(name) + " FROM PUBLIC"));
    }

    private MirrorDatabase(HikariDataSource pool, Preparation preparation, List<String> before) {
        this.pool = pool;
        this.preparation = preparation;
        this.before = before;
    }

    /** A connection that finds the tables; the caller closes it. */
    Connection connect() throws SQLException {
        if (!ready) {
            prepare();
        }
        return pool.getConnection();
    }

    /**
     * A write failed so: what should be there and is not is made again, what became a replica is
     * left.
     */
    void failed(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (MISSING.contains(state)) {
            ready = false;
        }
        if (READ_ONLY.equals(state)) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** Runs a statement outside of any transaction. */
    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether a query with that parameter finds anything. */
    boolean finds(String query, String parameter) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, parameter);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private synchronized void prepare() throws SQLException {
        if (ready) {
            return;
        }
        preparation.run();
        try (Connection connection = pool.getConnection()) {
            Migrations.run(connection, before);
        }
        ready = true;
    }
}
