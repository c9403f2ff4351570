package io.sluice.pipeline.alert;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the lines are. Immutable. */
public final class AlertRules implements Serializable {
    private static final long serialVersionUID = 1;

    /** What ships. */
    public static final AlertRules SHIPPED = builder().build();

    private final int[] budgetPercents;
    private final int anomalyPercent;
    private final long anomalyLeastPicoUsd;
    private final int rejectedPercent;
    private final int rejectedLeast;
    private final int burnTenths;
    private final int burnLeast;
    private final long lagMillis;
    private final SloObjective objective;
    private final TreeMap<String, SloObjective> objectives;

    private AlertRules(Builder b) {
        this.budgetPercents = b.budgetPercents.clone();
        this.anomalyPercent = b.anomalyPercent;
        this.anomalyLeastPicoUsd = b.anomalyLeastPicoUsd;
        this.rejectedPercent = b.rejectedPercent;
        this.rejectedLeast = b.rejectedLeast;
        this.burnTenths = b.burnTenths;
        this.burnLeast = b.burnLeast;
        this.lagMillis = b.lagMillis;
        this.objective = b.objective;
        this.objectives = new TreeMap<>(b.objectives);
    }

    /** A builder with what ships. */
    public static Builder builder() {
        return new Builder();
    }

    /** Shares of a budget to alert at, ascending, percent. */
    int[] budgetPercents() {
        return budgetPercents.clone();
    }

    /** An hour's spending is abnormal from so many percent of the recent hours' average. */
    int anomalyPercent() {
        return anomalyPercent;
    }

    /** Below this an hour's spending is never abnormal, 10^-12 USD. */
    long anomalyLeastPicoUsd() {
        return anomalyLeastPicoUsd;
    }

    /** A spike is so many percent of the requests of five minutes. */
    int rejectedPercent() {
        return rejectedPercent;
    }

    /** And at least so many rejections. */
    int rejectedLeast() {
        return rejectedLeast;
    }

    /**
     * How many tenths of the steady rate an error budget must burn at: 144 uses up 2 % of a month's
     * budget in an hour (sre.google/workbook/alerting-on-slos, read 2026-11-27).
     */
    public int burnTenths() {
        return burnTenths;
    }

    /** Ends of calls in an hour below which there is no burn rate. */
    int burnLeast() {
        return burnLeast;
    }

    /** How far behind the stream the job may be, milliseconds. */
    public long lagMillis() {
        return lagMillis;
    }

    /** What a tier is promised. */
    public SloObjective objective(String tier) {
        return objectives.getOrDefault(tier, objective);
    }

    /** Collects the values, starting from what ships. */
    public static final class Builder {
        private int[] budgetPercents = {50, 80, 100};
        private int anomalyPercent = 300;
        private long anomalyLeastPicoUsd = 1_000_000_000_000L;
        private int rejectedPercent = 50;
        private int rejectedLeast = 20;
        private int burnTenths = 144;
        private int burnLeast = 20;
        private long lagMillis = 60_000;
        private SloObjective objective = new SloObjective(995_000, 950_000, 10_000);
        private Map<String, SloObjective> objectives = new TreeMap<>();

        private Builder() {}

        /** Shares of a budget to alert at, percent; refuses others than 1 to 1,000, ascending. */
        public Builder budgetPercents(List<Integer> percents) {
            int before = 0;
            for (int percent : percents) {
                if (percent <= before || percent > 1_000) {
                    throw new IllegalArgumentException(
                            "seen " + percents + ", expected 1 to 1,000 percent, ascending");
                }
                before = percent;
            }
            this.budgetPercents = percents.stream().mapToInt(Integer::intValue).toArray();
            return this;
        }

        /** What an abnormal hour is: percent of the recent hours' average, and at least that. */
        public Builder anomaly(int percent, long leastPicoUsd) {
            this.anomalyPercent = percent;
            this.anomalyLeastPicoUsd = leastPicoUsd;
            return this;
        }

        /** What a spike is: percent of the requests of five minutes, and at least so many. */
        public Builder rejections(int percent, int least) {
            this.rejectedPercent = percent;
            this.rejectedLeast = least;
            return this;
        }

        /** Tenths of the steady rate, and ends of calls in an hour. */
        public Builder burn(int tenths, int least) {
            this.burnTenths = tenths;
            this.burnLeast = least;
            return this;
        }

        /** How far behind the stream the job may be, milliseconds. */
        public Builder lagMillis(long value) {
            this.lagMillis = value;
            return this;
        }

        /** What tiers are promised: those of a name, and all others. */
        public Builder objectives(SloObjective others, Map<String, SloObjective> byTier) {
            this.objective = others;
            this.objectives = new TreeMap<>(byTier);
            return this;
        }

        /** The finished rules. */
        public AlertRules build() {
            return new AlertRules(this);
        }
    }
}
