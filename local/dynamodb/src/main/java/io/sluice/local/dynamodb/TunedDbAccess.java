package io.sluice.local.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteStatement;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * DynamoDB Local's database with SQLite's write-ahead log. Out of the box every item written waits
 * for several fsyncs of a rollback journal. Here a commit appends to the log and waits for none:
 * what was acknowledged is with the operating system, so it survives the death of the process; a
 * power failure may take the newest writes, never the consistency of the file (SQLite, PRAGMA
 * synchronous).
 */
final class TunedDbAccess extends SQLiteDBAccess {

    private static final Logger LOG = LogManager.getLogger(TunedDbAccess.class);

    private static final List<String> SETTINGS =
            List.of(
                    "PRAGMA journal_mode=WAL",
                    "PRAGMA synchronous=NORMAL",
                    // Savepoints of every item written otherwise go through temporary files.
                    "PRAGMA temp_store=MEMORY",
                    // KiB, negative by SQLite's convention.
                    "PRAGMA cache_size=-32768");

    /** Between one fold and the next the log grows by some 7 KB for each item written. */
    private static final long FOLD_SECONDS = 2;

    private final Thread folding =
            new Thread(this::foldUntilInterrupted, "fold the write-ahead log");

    TunedDbAccess(Path file) throws IOException {
        super(file.toFile());
        for (String setting : SETTINGS) {
            apply(setting);
        }
        // SQLite folds the log back at a commit only if no statement is open then, and DynamoDB
        // Local always has one open.
        folding.setDaemon(true);
        folding.start();
    }

    @Override
    public void close() {
        folding.interrupt();
        super.close();
    }

    private void foldUntilInterrupted() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(FOLD_SECONDS);
                apply("PRAGMA wal_checkpoint(PASSIVE)");
            }
        } catch (InterruptedException | IOException | RuntimeException e) {
            LOG.debug("the write-ahead log is folded no more", e);
        }
    }

    private void apply(String setting) throws IOException {
        try {
            queue.execute(new Setting(setting)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted at " + setting, e);
        } catch (ExecutionException e) {
            throw new IOException(setting + " failed: " + e.getCause(), e);
        }
    }

    /**
     * Does nothing while a transaction is open: a statement that fails there (a fold always does)
     * makes the queue roll back, and a transaction of several items is several jobs of the queue.
     */
    private static final class Setting extends SQLiteJob<Boolean> {

        private final String sql;

        Setting(String sql) {
            this.sql = sql;
        }

        @Override
        protected Boolean job(SQLiteConnection connection) throws Throwable {
            if (!connection.getAutoCommit()) {
                return false;
            }
            SQLiteStatement statement = connection.prepare(sql);
            try {
                return statement.step();
            } finally {
                statement.dispose();
            }
        }
    }
}
