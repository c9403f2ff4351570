package io.sluice.objects;

import org.jspecify.annotations.Nullable;

/** A store did not answer or refused. The message names the key and the cause, no content. */
public final class ObjectStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean repeatable;

    /** A failure; {@code repeatable} if the same call may succeed later. */
    public ObjectStoreException(boolean repeatable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.repeatable = repeatable;
    }

    /** Whether the same call may succeed later, without anybody's doing. */
    public boolean repeatable() {
        return repeatable;
    }
}
