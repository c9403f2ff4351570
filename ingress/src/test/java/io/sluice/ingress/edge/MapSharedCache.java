package io.sluice.ingress.edge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A shared cache in memory; all its values have the age that the test says. */
final class MapSharedCache implements SharedCache {
    final Map<String, byte[]> values = new HashMap<>();
    long ageMillis;

    @Override
    public CompletableFuture<Optional<Held>> get(String name) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(values.get(name)).map(v -> new Held(v, ageMillis)));
    }

    @Override
    public void put(String name, byte[] value) {
        values.put(name, value);
        ageMillis = 0;
    }

    @Override
    public void remove(String name) {
        values.remove(name);
    }
}
