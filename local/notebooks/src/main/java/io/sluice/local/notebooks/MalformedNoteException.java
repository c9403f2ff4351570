package io.sluice.local.notebooks;

/** A note, or what was to be filled into it, is not as it must be; says what and where. */
public final class MalformedNoteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedNoteException(String message) {
        super(message);
    }
}
