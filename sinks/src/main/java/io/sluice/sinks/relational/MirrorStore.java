package io.sluice.sinks.relational;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The databases of the mirror. Thread-safe. */
interface MirrorStore extends AutoCloseable {
    /**
     * Writes rows, each key at most once, into a database (see {@link MirrorRow#database}): all or
     * none of them, and none over a newer one. Fails with a {@link MirrorException}, bare or as a
     * cause; whether the rows were written is then unknown, and writing them again is safe.
     */
    CompletableFuture<?> write(String database, List<MirrorRow> rows);

    /** Ends it; writes under way may fail or never end. */
    @Override
    void close();

    /** Opens the databases where the job runs. */
    @FunctionalInterface
    interface Factory extends Serializable {
        /** The databases; the caller closes them. */
        MirrorStore open();
    }
}
