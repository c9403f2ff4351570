package io.sluice.ingress.edge;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stands where no cache is shared: each node remembers for itself. */
final class NoSharedCache implements SharedCache {
    @Override
    public CompletableFuture<Optional<Held>> get(String name) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public void put(String name, byte[] value) {}

    @Override
    public void remove(String name) {}
}
