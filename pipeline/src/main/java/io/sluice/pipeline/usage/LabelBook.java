package io.sluice.pipeline.usage;

import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The distinct labels that a tenant used on one UTC day, at most {@value #MOST} per dimension. What
 * comes after them counts as {@value #OTHER}. Not thread-safe.
 */
public final class LabelBook {
    /** Distinct labels kept apart per tenant, dimension and day. */
    public static final int MOST = 100;

    /** The label that all further ones count under. */
    public static final String OTHER = "other";

    private static final int DIMENSIONS = 3;

    private long dayStartMillis;
    private final List<NavigableSet<String>> seen = new ArrayList<>(DIMENSIONS);

    /** An empty book of that day. */
    public LabelBook(long dayStartMillis) {
        this.dayStartMillis = dayStartMillis;
        for (int i = 0; i < DIMENSIONS; i++) {
            seen.add(new TreeSet<>());
        }
    }

    /** The labels under which usage of that day is kept; days never go back. */
    public Dimensions admit(Dimensions labels, long atMillis) {
        long day = Granularity.DAY.windowStart(atMillis);
        if (day > dayStartMillis) {
            dayStartMillis = day;
            seen.forEach(NavigableSet::clear);
        }
        return new Dimensions(
                labels.model(),
                admit(0, labels.endpoint()),
                admit(1, labels.agentId()),
                admit(2, labels.costCenter()));
    }

    /** Start of the book's day, epoch milliseconds. */
    public long dayStartMillis() {
        return dayStartMillis;
    }

    /** The labels seen so far: endpoints, agents, cost centres. Live: restoring adds to these. */
    public List<NavigableSet<String>> seen() {
        return seen;
    }

    private String admit(int dimension, String label) {
        NavigableSet<String> labels = seen.get(dimension);
        if (label.equals(Names.NO_LABEL) || label.equals(OTHER) || labels.contains(label)) {
            return label;
        }
        if (labels.size() >= MOST) {
            return OTHER;
        }
        labels.add(label);
        return label;
    }
}
