package io.sluice.benchmarks.engine;

import io.sluice.sinks.seal.Anchor;
import io.sluice.sinks.seal.AnchorStore;
import org.jspecify.annotations.Nullable;

/** The anchor of an archive that one process writes and then leaves. */
final class MemoryAnchor implements AnchorStore {
    private @Nullable Anchor anchor;

    @Override
    public @Nullable Anchor read() {
        return anchor;
    }

    @Override
    public boolean replace(@Nullable Anchor before, Anchor next) {
        anchor = next;
        return true;
    }

    @Override
    public void close() {}
}
