package io.sluice.sinks.seal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An anchor in memory; fails when told to, before or after it is replaced. */
final class KeptAnchor implements AnchorStore {
    /** Where the next replacement fails. */
    enum Failure {
        NONE,
        BEFORE,
        AFTER
    }

    @Nullable Anchor anchor;
    Failure failure = Failure.NONE;

    @Override
    public @Nullable Anchor read() {
        return anchor;
    }

    @Override
    public boolean replace(@Nullable Anchor before, Anchor next) {
        Failure now = failure;
        failure = Failure.NONE;
        if (now == Failure.BEFORE) {
            throw new IllegalStateException("made to fail before");
        }
        String expected = before == null ? null : before.hash();
        String there = anchor == null ? null : anchor.hash();
        if (!Objects.equals(expected, there)) {
            return false;
        }
        anchor = next;
        if (now == Failure.AFTER) {
            throw new IllegalStateException("made to fail after");
        }
        return true;
    }

    @Override
    public void close() {}
}
