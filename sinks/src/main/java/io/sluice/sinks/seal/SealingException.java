package io.sluice.sinks.seal;

/** The archive cannot be sealed as it is: the message says what was seen and what to do. */
public final class SealingException extends Exception {
    private static final long serialVersionUID = 1;

    SealingException(String message) {
        super(message);
    }

    SealingException(String message, Throwable cause) {
        super(message, cause);
    }
}
