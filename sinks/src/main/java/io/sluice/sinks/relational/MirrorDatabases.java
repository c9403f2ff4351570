package io.sluice.sinks.relational;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The shared database, which has the pool of the settings, and tenants' own ones, each made when it
 * is first needed and with one connection while it is used. Thread-safe.
 */
final class MirrorDatabases implements AutoCloseable {

    /** That somebody else made it meanwhile: duplicate_database, unique_violation. */
    private static final Set<String> MADE_MEANWHILE = Set.of("42P04", "23505");

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final MirrorSettings settings;
    private final MirrorDatabase shared;
    private final Map<String, MirrorDatabase> own = new HashMap<>();

    MirrorDatabases(MirrorSettings settings) {
        this.settings = settings;
        this.shared =
                MirrorDatabase.shared(
                        pool(
                                "mirror",
                                MirrorSource.of(settings),
                                settings.leastConnections(),
                                settings.mostConnections()));
    }

    /** The database of that name; none is opened by this. */
    MirrorDatabase of(String database) {
        if (database.equals(DatabaseName.SHARED)) {
            return shared;
        }
        synchronized (own) {
            return own.computeIfAbsent(database, this::ownDatabase);
        }
    }

    @Override
    public void close() {
        synchronized (own) {
            own.values().forEach(MirrorDatabase::close);
        }
        shared.close();
    }

    private MirrorDatabase ownDatabase(String database) {
        PGSimpleDataSource source = MirrorSource.of(settings);
        source.setDatabaseName(database);
        return MirrorDatabase.own(
                database, pool("mirror-" + database, source, 0, 1), () -> make(database));
    }

    /** Makes a tenant's own database, if it is not there. */
    private void make(String database) throws SQLException {
        if (shared.finds("SELECT 1 FROM pg_database WHERE datname = ?", database)) {
            return;
        }
        try {
            shared.execute("CREATE DATABASE " + DatabaseName.quoted(database));
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw new SQLException(
                        "the role "
                                + settings.user()
                                + " may not make the database "
                                + database
                                + "; give it CREATEDB, or make the database with that role as"
                                + " owner",
                        e.getSQLState(),
                        e);
            }
            if (!MADE_MEANWHILE.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
        }
    }

    private HikariDataSource pool(String name, PGSimpleDataSource source, int least, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMinimumIdle(least);
        config.setMaximumPoolSize(most);
        config.setIdleTimeout(settings.idle().toMillis());
        config.setConnectionTimeout(MirrorSource.CONNECT_SECONDS * 1_000L);
        config.setValidationTimeout(MirrorSource.CONNECT_SECONDS * 500L);
        // A start does not wait for PostgreSQL.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
