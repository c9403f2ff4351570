package io.sluice.contract;

import java.io.Serializable;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How long rows are kept, whole days. Rows say themselves when they expire: a change holds for what
 * is written from then on. Conversations are kept as their policy says, idempotency keys for a day.
 */
public final class Retention implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What all parts take if nothing else is said. */
    public static final Retention USUAL = new Retention(30, 30, 0);

    private static final long DAY_SECONDS = 86_400;
    private static final int MOST_DAYS = 30;
    private static final int LEAST_USAGE_DAYS = 62;
    private static final int MOST_USAGE_DAYS = 3_650;

    private final int resultsDays;
    private final int lettersDays;
    private final int usageDays;

    private Retention(int resultsDays, int lettersDays, int usageDays) {
        this.resultsDays = resultsDays;
        this.lettersDays = lettersDays;
        this.usageDays = usageDays;
    }

    /**
     * As settings have it: {@code results} for results, attempts and batches, {@code letters} for
     * dead letters, both 1 to 30 days, 30 if not set; {@code usage} for usage windows, 62 to 3,650
     * days, for ever if not set.
     *
     * @param setting the text of a setting by that name; null or blank if it is not set
     * @throws IllegalArgumentException names the setting, what was seen and what was expected
     */
    public static Retention of(UnaryOperator<@Nullable String> setting) {
        return new Retention(
                days("results", setting, 1, MOST_DAYS, MOST_DAYS),
                days("letters", setting, 1, MOST_DAYS, MOST_DAYS),
                days("usage", setting, LEAST_USAGE_DAYS, MOST_USAGE_DAYS, 0));
    }

    /** As the environment has it: {@code SLUICE_RETENTION_RESULTS_DAYS} and so on. */
    public static Retention ofEnvironment(UnaryOperator<@Nullable String> variable) {
        return of(name -> variable.apply(variableOf(name)));
    }

    /** The environment variable of a setting. */
    public static String variableOf(String setting) {
        return "SLUICE_RETENTION_" + setting.toUpperCase(Locale.ROOT) + "_DAYS";
    }

    /** How long results, attempts and batches are kept, seconds. */
    public long resultsSeconds() {
        return resultsDays * DAY_SECONDS;
    }

    /**
     * When a result, an attempt or a batch expires that after 30 days would at that time, epoch
     * seconds.
     */
    public long resultExpiresAtSeconds(long afterThirtyDays) {
        return afterThirtyDays - (MOST_DAYS - resultsDays) * DAY_SECONDS;
    }

    /** The same of a dead letter. */
    public long letterExpiresAtSeconds(long afterThirtyDays) {
        return afterThirtyDays - (MOST_DAYS - lettersDays) * DAY_SECONDS;
    }

    /**
     * When the usage windows of a time expire, epoch seconds, all windows of a day together; 0 if
     * they never do.
     */
    public long usageExpiresAtSeconds(long windowStartMillis) {
        return usageDays == 0
                ? 0
                : Granularity.DAY.windowEnd(windowStartMillis) / 1_000 + usageDays * DAY_SECONDS;
    }

    private static int days(
            String name,
            UnaryOperator<@Nullable String> setting,
            int least,
            int most,
            int otherwise) {
        String seen = setting.apply(name);
        if (seen == null || seen.isBlank()) {
            return otherwise;
        }
        try {
            int days = Integer.parseInt(seen.trim());
            if (days >= least && days <= most) {
                return days;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "the retention of "
                        + name
                        + " ("
                        + variableOf(name)
                        + ", property Retention/"
                        + name
                        + ".days): seen '"
                        + seen
                        + "', expected "
                        + least
                        + " to "
                        + most
                        + " days");
    }
}
