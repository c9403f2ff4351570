package io.sluice.pipeline.replay;

/** A line of a trace that cannot be simulated; says what was seen and what was expected. */
public final class BadTraceLineException extends Exception {
    private static final long serialVersionUID = 1;

    /** With what was seen and what was expected. */
    public BadTraceLineException(String message) {
        super(message);
    }

    /** With what was seen and what was expected, and the cause. */
    public BadTraceLineException(String message, Throwable cause) {
        super(message, cause);
    }
}
