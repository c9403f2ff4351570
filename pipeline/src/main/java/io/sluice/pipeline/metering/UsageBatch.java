package io.sluice.pipeline.metering;

import io.sluice.contract.Granularity;
import io.sluice.contract.Isolation;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.pipeline.usage.UsageWindows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One tenant's moves of usage that are not in its rows yet, summed up by labels and minute. */
final class UsageBatch {
    /** Labels, a minute, and which of its windows were closed when the move came. */
    private static final class Place {
        private final Dimensions labels;
        private final long minuteMillis;
        private final long bookedAtMillis;
        private final List<Long> lateDays = new ArrayList<>(3);

        private Place(UsageChange change) {
            labels = change.labels();
            minuteMillis = Granularity.MINUTE.windowStart(change.atMillis());
            bookedAtMillis = change.bookedAtMillis();
            for (Granularity granularity : Granularity.values()) {
                lateDays.add(UsageWindows.lateDay(granularity, minuteMillis, bookedAtMillis));
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place
                    && minuteMillis == ((Place) other).minuteMillis
                    && labels.equals(((Place) other).labels)
                    && lateDays.equals(((Place) other).lateDays);
        }

        @Override
        public int hashCode() {
            return Objects.hash(labels, minuteMillis, lateDays);
        }
    }

    private final Map<Place, UsageCounts> sums = new LinkedHashMap<>();
    private long latestMillis;
    private long seq;
    private Isolation isolation = Isolation.POOLED;

    /** Adds a move. */
    void add(UsageChange change) {
        latestMillis = Math.max(latestMillis, change.bookedAtMillis());
        seq = change.seq();
        isolation = change.isolation();
        if (!change.counts().equals(UsageCounts.NONE)) {
            sums.merge(new Place(change), change.counts(), UsageCounts::plus);
        }
    }

    /** When the latest move came, epoch milliseconds. */
    long latestMillis() {
        return latestMillis;
    }

    /** Adds everything to the rows and gives each row that moved once. */
    void addTo(UsageWindows.Rows rows, String tenantId, Consumer<UsageItem> out) {
        Map<UsageKey, UsageItem> moved = new LinkedHashMap<>();
        sums.forEach((place, counts) -> add(rows, tenantId, place, counts, moved));
        moved.values().forEach(out);
    }

    private void add(
            UsageWindows.Rows rows,
            String tenantId,
            Place place,
            UsageCounts counts,
            Map<UsageKey, UsageItem> moved) {
        UsageWindows.add(
                rows,
                item -> moved.put(item.key(), item),
                tenantId,
                UsageWindows.resolve(rows, place.labels, place.minuteMillis, place.bookedAtMillis),
                place.minuteMillis,
                place.bookedAtMillis,
                counts,
                seq,
                isolation);
    }
}
