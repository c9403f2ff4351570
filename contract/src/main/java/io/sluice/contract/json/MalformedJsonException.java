package io.sluice.contract.json;

/**
 * A document that is not what its reader expects; the message says what was seen and expected,
 * never the content of a payload.
 */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what was seen and what was expected. */
    public MalformedJsonException(String message) {
        super(message);
    }

    /** With what was seen and what was expected, and the cause. */
    public MalformedJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
