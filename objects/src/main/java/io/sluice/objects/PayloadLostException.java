package io.sluice.objects;

/**
 * A payload that cannot be had any more: its object is gone, is another than the reference says, or
 * belongs to another tenant. Trying again is pointless. The message names no content.
 */
public final class PayloadLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A loss; the message says what was seen and what was expected. */
    public PayloadLostException(String message) {
        super(message);
    }
}
