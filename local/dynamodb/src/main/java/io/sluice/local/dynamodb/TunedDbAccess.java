package io.sluice.local.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteStatement;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * DynamoDB Local's database with SQLite's write-ahead log. Out of the box every item written waits
 * for several fsyncs of a rollback journal. Here a commit appends to the log and waits for none:
 * what was acknowledged is with the operating system, so it survives the death of the process; a
 * power failure may take the newest writes, never the consistency of the file (SQLite, PRAGMA
 * synchronous).
 */
final class TunedDbAccess extends SQLiteDBAccess {

    private static final List<String> SETTINGS =
            List.of(
                    "PRAGMA journal_mode=WAL",
                    "PRAGMA synchronous=NORMAL",
                    // Pages of 1 KiB to 4 KiB: the log is folded back every 4 to 16 MB, not every 1
                    // to 4.
                    "PRAGMA wal_autocheckpoint=4000",
                    // KiB, negative by SQLite's convention.
                    "PRAGMA cache_size=-32768");

    TunedDbAccess(Path file) throws IOException {
        super(file.toFile());
        for (String setting : SETTINGS) {
            apply(setting);
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

    private static final class Setting extends SQLiteJob<Boolean> {

        private final String sql;

        Setting(String sql) {
            this.sql = sql;
        }

        @Override
        protected Boolean job(SQLiteConnection connection) throws Throwable {
            SQLiteStatement statement = connection.prepare(sql);
            try {
                return statement.step();
            } finally {
                statement.dispose();
            }
        }
    }
}
