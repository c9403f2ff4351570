package io.sluice.pipeline.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Parts that are opened one after the other until somebody takes them all over. If that does not
 * come about, because a later one cannot be opened, closing this closes those before it, newest
 * first. Not thread-safe.
 */
final class OpenedParts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** The part, which is open. */
    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Somebody else closes them now; gives that one. */
    <T> T takenOverBy(T owner) {
        parts.clear();
        return owner;
    }

    /** Closes what nobody took over; a part that cannot be closed keeps no other one open. */
    @Override
    public void close() {
        IllegalStateException failed = null;
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                if (failed == null) {
                    failed = new IllegalStateException("a part cannot be closed", e);
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
