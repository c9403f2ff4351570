package io.sluice.sinks.seal;

import org.jspecify.annotations.Nullable;

/** Where the anchor of an archive is kept. Calls block. */
public interface AnchorStore extends AutoCloseable {
    /** The anchor as it is; null before the first. */
    @Nullable Anchor read();

    /**
     * Puts the next anchor in the place of another one.
     *
     * @param before what has to be there; null if nothing has to
     * @return whether it was there, and so is replaced
     */
    boolean replace(@Nullable Anchor before, Anchor next);

    @Override
    void close();
}
