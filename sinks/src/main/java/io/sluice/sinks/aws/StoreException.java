package io.sluice.sinks.aws;

/** A store refused or failed; {@link #kind()} says what to do about it. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /** A failure of that kind. */
    public StoreException(FailureKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What to do about it. */
    public FailureKind kind() {
        return kind;
    }
}
