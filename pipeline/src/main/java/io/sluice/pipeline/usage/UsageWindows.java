package io.sluice.pipeline.usage;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a tenant's usage is counted: every change moves its minute, its hour and its
 * day by the same amounts.
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

    private static final long LATENESS_MILLIS = 10_000;

    private UsageWindows() {}

    /** The labels under which usage at that time is kept. */
    public static Dimensions resolve(Rows rows, Dimensions labels, long atMillis) {
        if (rows.usage(labels.key(Granularity.DAY, atMillis)) != null) {
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
            UsageCounts change,
            long version) {
        for (Granularity granularity : Granularity.values()) {
            UsageKey key = labels.key(granularity, atMillis);
            UsageCounts before = rows.usage(key);
            UsageCounts after = before == null ? change : sum(before, change);
            rows.putUsage(key, after);
            listener.usage(
                    UsageItem.builder()
                            .tenantId(tenantId)
                            .key(key)
                            .counts(after)
                            .version(version)
                            .build());
        }
    }

    /**
     * Forgets every window that no change can belong to any more once there was one at {@code
     * latestMillis}. Decision time may lag behind arrival, and go ahead of it, by five seconds.
     */
    public static void closeAfter(Rows rows, long latestMillis) {
        closeBefore(rows, latestMillis - LATENESS_MILLIS);
    }

    /** Forgets every window that ended by {@code atMillis}. */
    public static void closeBefore(Rows rows, long atMillis) {
        List<UsageKey> closed = new ArrayList<>();
        for (UsageKey key : rows.usageKeys()) {
            if (key.windowStartMillis() + key.granularity().lengthMillis() <= atMillis) {
                closed.add(key);
            }
        }
        closed.forEach(rows::removeUsage);
    }

    /** Both together. */
    public static UsageCounts sum(UsageCounts a, UsageCounts b) {
        return UsageCounts.builder()
                .requests(a.requests() + b.requests())
                .admitted(a.admitted() + b.admitted())
                .rejected(a.rejected() + b.rejected())
                .cacheHits(a.cacheHits() + b.cacheHits())
                .coalesced(a.coalesced() + b.coalesced())
                .failed(a.failed() + b.failed())
                .inputTokens(a.inputTokens() + b.inputTokens())
                .outputTokens(a.outputTokens() + b.outputTokens())
                .cacheReadTokens(a.cacheReadTokens() + b.cacheReadTokens())
                .cacheWriteTokens(a.cacheWriteTokens() + b.cacheWriteTokens())
                .costPicoUsd(Math.addExact(a.costPicoUsd(), b.costPicoUsd()))
                .providerCostPicoUsd(
                        Math.addExact(a.providerCostPicoUsd(), b.providerCostPicoUsd()))
                .estimatedCostPicoUsd(
                        Math.addExact(a.estimatedCostPicoUsd(), b.estimatedCostPicoUsd()))
                .build();
    }
}
