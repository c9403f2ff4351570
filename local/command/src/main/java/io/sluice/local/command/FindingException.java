package io.sluice.local.command;

/** A finding or failure that ends a subcommand with exit status 1; its message is for a person. */
public final class FindingException extends Exception {
    private static final long serialVersionUID = 1L;

    public FindingException(String message) {
        super(message);
    }

    public FindingException(String message, Throwable cause) {
        super(message, cause);
    }
}
