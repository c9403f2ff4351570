package io.sluice.sinks.relational;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a database's schema up to date by numbered files, each once: in one transaction, behind an
 * advisory lock, so that any number may try at once. What a newer build added is left alone: files
 * only ever add.
 */
final class Migrations {
    /** In order; a file that was released never changes. */
    static final List<String> FILES = List.of("V1__usage_windows_and_results.sql");

    /** Any number that nobody else locks: "sluice" in ASCII. */
    private static final long LOCK = 0x736c75696365L;

    private Migrations() {}

    /**
     * Brings it up to date, after statements that are to be run each time; if that fails the
     * connection is to be closed.
     */
    static void run(Connection connection, List<String> before) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            for (String sql : before) {
                statement.execute(sql);
            }
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS sluice_schema (version integer PRIMARY KEY, file"
                            + " text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())");
            for (int version = newest(statement) + 1; version <= FILES.size(); version++) {
                apply(connection, version, FILES.get(version - 1));
            }
            connection.commit();
        } catch (SQLException e) {
            undo(connection, e);
            throw e;
        }
        connection.setAutoCommit(autoCommit);
    }

    private static void undo(Connection connection, SQLException why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    /** The text of a file. */
    static String text(String file) {
        try (InputStream in = Migrations.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + file + " beside this class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int newest(Statement statement) throws SQLException {
        try (ResultSet found =
                statement.executeQuery("SELECT coalesce(max(version), 0) FROM sluice_schema")) {
            found.next();
            return found.getInt(1);
        }
    }

    private static void apply(Connection connection, int version, String file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text(file));
        }
        try (PreparedStatement record =
                connection.prepareStatement(
                        "INSERT INTO sluice_schema (version, file) VALUES (?, ?)")) {
            record.setInt(1, version);
            record.setString(2, file);
            record.executeUpdate();
        }
    }
}
