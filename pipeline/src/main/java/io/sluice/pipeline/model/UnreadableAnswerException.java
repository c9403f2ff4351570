package io.sluice.pipeline.model;

/** The service answered with a status of success and what cannot be read. */
final class UnreadableAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The failure to read it, whose message may quote the answer. */
    UnreadableAnswerException(Throwable cause) {
        super("an answer cannot be read", cause);
    }
}
