package io.sluice.local.command.audit;

import io.sluice.contract.Granularity;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.local.command.ledger.Figures;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** A tenant's usage rows of one day, summed up as they are read; no row is held. */
final class UsageDay {
    /** The label that all endpoints count under beyond the hundred that are kept apart. */
    private static final String OTHER = "other";

    /** What rows are summed up by. */
    enum Level {
        MODEL("model", UsageKey::model),
        ENDPOINT("endpoint", UsageKey::endpoint),
        AGENT_ID("agent_id", UsageKey::agentId),
        COST_CENTER("cost_center", UsageKey::costCenter);

        private final String wireName;

        @SuppressWarnings("ImmutableEnumChecker")
        private final Function<UsageKey, String> label;

        Level(String wireName, Function<UsageKey, String> label) {
            this.wireName = wireName;
            this.label = label;
        }

        String wireName() {
            return wireName;
        }
    }

    private final Sums models = new Sums();
    private final Map<Level, Sums> minutesInHours = sums();
    private final Map<Level, Sums> hours = sums();
    private final Map<Level, Sums> hoursInDays = sums();
    private final Map<Level, Sums> days = sums();
    private boolean manyEndpoints;

    void minute(UsageItem row) {
        models.add(row.key().model(), row.key().windowStartMillis(), Figures.of(row.counts()));
        add(minutesInHours, row, Granularity.HOUR);
    }

    void hour(UsageItem row) {
        add(hours, row, Granularity.HOUR);
        add(hoursInDays, row, Granularity.DAY);
    }

    void day(UsageItem row) {
        add(days, row, Granularity.DAY);
        manyEndpoints |= row.key().endpoint().equals(OTHER);
    }

    /** Minutes, by model. */
    Sums models() {
        return models;
    }

    /** What the minutes of each hour come to. */
    Sums minutesInHours(Level level) {
        return of(minutesInHours, level);
    }

    /** What its row says. */
    Sums hours(Level level) {
        return of(hours, level);
    }

    /** What the hours of the day come to. */
    Sums hoursInDays(Level level) {
        return of(hoursInDays, level);
    }

    /** What its row says. */
    Sums days(Level level) {
        return of(days, level);
    }

    /** Whether there were more endpoints than are kept apart. */
    boolean hasManyEndpoints() {
        return manyEndpoints;
    }

    private static void add(Map<Level, Sums> sums, UsageItem row, Granularity window) {
        for (Level level : Level.values()) {
            of(sums, level)
                    .add(
                            level.label.apply(row.key()),
                            window.windowStart(row.key().windowStartMillis()),
                            Figures.of(row.counts()));
        }
    }

    private static Map<Level, Sums> sums() {
        return new EnumMap<>(Level.class);
    }

    private static Sums of(Map<Level, Sums> sums, Level level) {
        return sums.computeIfAbsent(level, l -> new Sums());
    }
}
