package io.sluice.pipeline.alert;

/** A budget, the period it is for and what is spent of it. Immutable. */
public final class BudgetUse {
    /** The limit of what has none. */
    public static final long UNLIMITED = -1;

    private final long startMillis;
    private final long spentPicoUsd;
    private final long limitPicoUsd;

    /**
     * @param startMillis start of the period, epoch milliseconds
     * @param spentPicoUsd spent in it so far, 10^-12 USD
     * @param limitPicoUsd the budget, 10^-12 USD, or {@link #UNLIMITED}
     */
    public BudgetUse(long startMillis, long spentPicoUsd, long limitPicoUsd) {
        this.startMillis = startMillis;
        this.spentPicoUsd = spentPicoUsd;
        this.limitPicoUsd = limitPicoUsd;
    }

    /** Start of the period, epoch milliseconds. */
    public long startMillis() {
        return startMillis;
    }

    /** Spent in it so far, 10^-12 USD. */
    public long spentPicoUsd() {
        return spentPicoUsd;
    }

    /** The budget, 10^-12 USD, or {@link #UNLIMITED}. */
    public long limitPicoUsd() {
        return limitPicoUsd;
    }
}
