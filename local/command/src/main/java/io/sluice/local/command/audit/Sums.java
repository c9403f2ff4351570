package io.sluice.local.command.audit;

import io.sluice.local.command.ledger.Figures;
import java.util.SortedMap;
import java.util.TreeMap;

/** Figures by label and window; what comes to nothing is left out. */
final class Sums {
    /** A label in a window. */
    record Place(long windowStartMillis, String label) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byTime = Long.compare(windowStartMillis, other.windowStartMillis);
            return byTime != 0 ? byTime : label.compareTo(other.label);
        }
    }

    private final SortedMap<Place, Figures> figures = new TreeMap<>();

    void add(String label, long windowStartMillis, Figures more) {
        if (!more.isNone()) {
            figures.merge(new Place(windowStartMillis, label), more, Figures::plus);
        }
    }

    SortedMap<Place, Figures> figures() {
        return figures;
    }

    Figures total() {
        return figures.values().stream().reduce(Figures.NONE, Figures::plus);
    }
}
