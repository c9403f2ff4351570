package io.sluice.pipeline.usage;

import io.sluice.contract.Granularity;
import io.sluice.contract.Isolation;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a tenant's usage is counted: every change moves the minute, the hour and the
 * day of its time, the time of admission, by the same amounts.
 *
 * <p>A window is closed, and its row forgotten, {@value #LATENESS_MILLIS} ms after its end. What
 * comes later still belongs to it and moves another row of the window, kept for the day on which it
 * came. Which row a change moves and under which labels follows from its two times and from the
 * changes before it, never from when rows were forgotten, so it is the same however often and in
 * whatever portions changes are read.
 */
public final class UsageWindows {
    /** Where open windows are kept. */
    public interface Rows {
        /** The counts of a row; null if nothing was counted there. */
        @Nullable UsageCounts usage(UsageKey key);

        /** Sets the counts of a row. */
        void putUsage(UsageKey key, UsageCounts counts);

        /** Forgets a row. */
        void removeUsage(UsageKey key);

        /** All rows that are kept, in any order. */
        Iterable<UsageKey> usageKeys();

        /** The labels of the tenant's current day; a new book if there is none. */
        LabelBook labelBook(long atMillis);

        /** Keeps the book. */
        void saveLabelBook(LabelBook book);
    }

    /** Told of every row that moved. */
    public interface Listener {
        /** A row has these counts now. */
        void usage(UsageItem item);
    }

    /** How long after its end a window stays open for settlements. */
    public static final long LATENESS_MILLIS = 300_000;

    private UsageWindows() {}

    /**
     * The day under which a change is kept that came at {@code bookedAtMillis}; {@link
     * UsageKey#ON_TIME} if the window that holds {@code atMillis} was open then.
     */
    public static long lateDay(Granularity granularity, long atMillis, long bookedAtMillis) {
        return bookedAtMillis < granularity.windowEnd(atMillis) + LATENESS_MILLIS
                ? UsageKey.ON_TIME
                : Granularity.DAY.windowStart(bookedAtMillis);
    }

    /**
     * The labels under which usage of {@code atMillis} is kept that came at {@code bookedAtMillis}.
     * Whose labels were kept apart is known for two days; what comes later counts as {@value
     * LabelBook#OTHER}.
     */
    public static Dimensions resolve(
            Rows rows, Dimensions labels, long atMillis, long bookedAtMillis) {
        long day = Granularity.DAY.windowStart(atMillis);
        if (day < oldestDay(bookedAtMillis)) {
            return LabelBook.folded(labels);
        }
        boolean onTime = lateDay(Granularity.DAY, atMillis, bookedAtMillis) == UsageKey.ON_TIME;
        if (onTime && rows.usage(labels.key(Granularity.DAY, atMillis)) != null) {
            return labels;
        }
        LabelBook book = rows.labelBook(atMillis);
        Dimensions resolved = book.admit(labels, atMillis);
        rows.saveLabelBook(book);
        return resolved;
    }

    /** Adds {@code change} to the windows that hold {@code atMillis}. */
    public static void add(
            Rows rows,
            Listener listener,
            String tenantId,
            Dimensions labels,
            long atMillis,
            long bookedAtMillis,
            UsageCounts change,
            long version,
            Isolation isolation) {
        for (Granularity granularity : Granularity.values()) {
            long lateDay = lateDay(granularity, atMillis, bookedAtMillis);
            UsageKey key = labels.key(granularity, atMillis, lateDay);
            UsageCounts before = rows.usage(key);
            UsageCounts after = before == null ? change : before.plus(change);
            rows.putUsage(key, after);
            listener.usage(
                    UsageItem.builder()
                            .tenantId(tenantId)
                            .key(key)
                            .counts(after)
                            .version(version)
                            .isolation(isolation)
                            .build());
        }
    }

    /** Forgets every row that no change can move any more which comes at or after that time. */
    public static void close(Rows rows, long bookedAtMillis) {
        List<UsageKey> closed = new ArrayList<>();
        for (UsageKey key : rows.usageKeys()) {
            if (endMillis(key) + LATENESS_MILLIS <= bookedAtMillis) {
                closed.add(key);
            }
        }
        closed.forEach(rows::removeUsage);
    }

    /** The first day whose labels a change that comes at that time may still ask for. */
    public static long oldestDay(long bookedAtMillis) {
        return Granularity.DAY.windowStart(bookedAtMillis) - Granularity.DAY.lengthMillis();
    }

    private static long endMillis(UsageKey key) {
        return key.lateDayMillis() == UsageKey.ON_TIME
                ? key.granularity().windowEnd(key.windowStartMillis())
                : Granularity.DAY.windowEnd(key.lateDayMillis());
    }
}
