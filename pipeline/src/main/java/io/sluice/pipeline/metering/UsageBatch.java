package io.sluice.pipeline.metering;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.pipeline.usage.UsageWindows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One tenant's moves of usage that are not in its rows yet, summed up by labels and minute. */
final class UsageBatch {
    /** Labels and a minute. */
    private static final class Place {
        private final Dimensions labels;
        private final long minuteMillis;

        private Place(Dimensions labels, long minuteMillis) {
            this.labels = labels;
            this.minuteMillis = minuteMillis;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place
                    && minuteMillis == ((Place) other).minuteMillis
                    && labels.equals(((Place) other).labels);
        }

        @Override
        public int hashCode() {
            return Objects.hash(labels, minuteMillis);
        }
    }

    private final Map<Place, UsageCounts> sums = new LinkedHashMap<>();
    private long latestMillis;
    private long seq;

    /** Adds a move. */
    void add(UsageChange change) {
        latestMillis = Math.max(latestMillis, change.atMillis());
        seq = change.seq();
        if (!change.counts().equals(UsageCounts.NONE)) {
            sums.merge(
                    new Place(change.labels(), Granularity.MINUTE.windowStart(change.atMillis())),
                    change.counts(),
                    UsageWindows::sum);
        }
    }

    /** The time of the latest move, epoch milliseconds. */
    long latestMillis() {
        return latestMillis;
    }

    /** Adds everything to the rows and gives each row that moved once. */
    void addTo(UsageWindows.Rows rows, String tenantId, Consumer<UsageItem> out) {
        Map<UsageKey, UsageItem> moved = new LinkedHashMap<>();
        sums.forEach(
                (place, counts) ->
                        UsageWindows.add(
                                rows,
                                item -> moved.put(item.key(), item),
                                tenantId,
                                UsageWindows.resolve(rows, place.labels, place.minuteMillis),
                                place.minuteMillis,
                                counts,
                                seq));
        moved.values().forEach(out);
    }
}
