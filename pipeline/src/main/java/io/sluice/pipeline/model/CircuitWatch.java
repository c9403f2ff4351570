package io.sluice.pipeline.model;

import io.sluice.pipeline.alert.CircuitOpened;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells of each circuit once when it has left the closed state. Thread-safe. */
final class CircuitWatch {
    private final Map<String, Circuit> circuits = new TreeMap<>(); // guarded by this
    private final Set<String> told = new HashSet<>(); // guarded by this

    /** There is a new circuit. */
    synchronized void add(String place, Circuit circuit) {
        circuits.put(place, circuit);
    }

    /** Circuits that opened since the last time; what opened and closed since is not seen. */
    synchronized List<CircuitOpened> takeOpened(long nowMillis) {
        List<CircuitOpened> opened = new ArrayList<>();
        circuits.forEach(
                (place, circuit) -> {
                    if (circuit.state() == Circuit.CLOSED) {
                        told.remove(place);
                    } else if (told.add(place)) {
                        opened.add(new CircuitOpened(place, nowMillis));
                    }
                });
        return opened;
    }
}
