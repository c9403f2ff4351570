package io.sluice.local.job;

/** Stored state exists but must not be started from without a person's decision. */
final class UnusableStateException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableStateException(String message) {
        super(message);
    }
}
