package io.sluice.pipeline.usage;

import io.sluice.contract.Granularity;
import io.sluice.contract.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The distinct labels that a tenant used on a UTC day and on the day before, at most {@value #MOST}
 * per dimension and day. What comes after them counts as {@value #OTHER}. Not thread-safe.
 */
public final class LabelBook {
    /** Distinct labels kept apart per tenant, dimension and day. */
    public static final int MOST = 100;

    /** The label that all further ones count under. */
    public static final String OTHER = "other";

    private static final int DIMENSIONS = 3;

    private long dayStartMillis;
    private List<NavigableSet<String>> seen = none();
    private List<NavigableSet<String>> before = none();

    /** An empty book of that day. */
    public LabelBook(long dayStartMillis) {
        this.dayStartMillis = dayStartMillis;
    }

    /** The labels under which usage of that time is kept; the book's day never goes back. */
    public Dimensions admit(Dimensions labels, long atMillis) {
        long day = Granularity.DAY.windowStart(atMillis);
        if (day > dayStartMillis) {
            before = day == Granularity.DAY.windowEnd(dayStartMillis) ? seen : none();
            seen = none();
            dayStartMillis = day;
        }
        if (Granularity.DAY.windowEnd(day) < dayStartMillis) {
            return folded(labels);
        }
        List<NavigableSet<String>> known = day == dayStartMillis ? seen : before;
        return new Dimensions(
                labels.model(),
                admit(known.get(0), labels.endpoint()),
                admit(known.get(1), labels.agentId()),
                admit(known.get(2), labels.costCenter()));
    }

    /** The same with {@value #OTHER} for each label that is none of the fixed ones. */
    static Dimensions folded(Dimensions labels) {
        return new Dimensions(
                labels.model(),
                fold(labels.endpoint()),
                fold(labels.agentId()),
                fold(labels.costCenter()));
    }

    /** Start of the book's day, epoch milliseconds. */
    public long dayStartMillis() {
        return dayStartMillis;
    }

    /** The labels of its day: endpoints, agents, cost centres. Live: restoring adds to these. */
    public List<NavigableSet<String>> seen() {
        return seen;
    }

    /** The labels of the day before. Live: restoring adds to these. */
    public List<NavigableSet<String>> before() {
        return before;
    }

    private static String admit(NavigableSet<String> labels, String label) {
        if (label.equals(fold(label)) || labels.contains(label)) {
            return label;
        }
        if (labels.size() >= MOST) {
            return OTHER;
        }
        labels.add(label);
        return label;
    }

    private static String fold(String label) {
        return label.equals(Names.NO_LABEL) ? label : OTHER;
    }

    private static List<NavigableSet<String>> none() {
        List<NavigableSet<String>> sets = new ArrayList<>(DIMENSIONS);
        for (int i = 0; i < DIMENSIONS; i++) {
            sets.add(new TreeSet<>());
        }
        return sets;
    }
}
