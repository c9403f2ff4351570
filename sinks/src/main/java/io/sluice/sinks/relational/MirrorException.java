package io.sluice.sinks.relational;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL did not write. Messages name no values of rows. */
final class MirrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Classes of SQLSTATE that speak of values: data exceptions, and constraints and triggers that
     * somebody added (postgresql.org/docs/current/errcodes-appendix.html, read 2026-11-27).
     */
    private static final Set<String> OF_VALUES = Set.of("22", "23", "44", "P0");

    private final boolean refusal;

    private MirrorException(String message, boolean refusal, Throwable cause) {
        super(message, cause);
        this.refusal = refusal;
    }

    /** That exception, told by its SQLSTATE. */
    static MirrorException of(SQLException cause) {
        // A pool that gets no connection hides why.
        SQLException why =
                cause.getCause() instanceof SQLException ? (SQLException) cause.getCause() : cause;
        String state = why.getSQLState();
        boolean refusal = state != null && OF_VALUES.contains(state.substring(0, 2));
        String message = cause.getMessage() + (why == cause ? "" : ": " + why.getMessage());
        return new MirrorException("SQLSTATE " + state + ": " + message, refusal, cause);
    }

    /** Whether a failure is a database's refusal of a row: others will be taken. */
    static boolean isRefusal(@Nullable Throwable failure) {
        return failure instanceof MirrorException && ((MirrorException) failure).refusal;
    }
}
