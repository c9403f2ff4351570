package io.sluice.pipeline.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of Flink's state, whose checked exceptions mean that the state backend failed and the task
 * with it.
 */
public final class StateAccess {
    /** A read that may find nothing. */
    public interface Read<T> {
        /** Reads. */
        @Nullable T call() throws Exception;
    }

    /** A write. */
    public interface Write {
        /** Writes. */
        void run() throws Exception;
    }

    private StateAccess() {}

    /** A read; null if it finds nothing. */
    public static <T> @Nullable T call(Read<T> read) {
        try {
            return read.call();
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** A write. */
    public static void run(Write write) {
        try {
            write.run();
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** What a read iterates over, copied; empty if it finds nothing. */
    public static <T> List<T> copyOf(Read<Iterable<T>> read) {
        List<T> copy = new ArrayList<>();
        Iterable<T> entries = call(read);
        if (entries != null) {
            entries.forEach(copy::add);
        }
        return copy;
    }

    private static RuntimeException failed(Exception e) {
        return e instanceof IOException
                ? new UncheckedIOException("the state backend failed", (IOException) e)
                : new FlinkRuntimeException("the state backend failed", e);
    }
}
