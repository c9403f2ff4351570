package io.sluice.pipeline.alert;

import io.sluice.contract.Names;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one event of a tenant's log came to: a request that was decided or a call that ended, and
 * where the tenant's budgets stand after it. Has no text of prompts or answers. Immutable.
 */
public final class Observation {
    private final String tenantId;
    private final String tier;
    private final long seq;
    private final long atMillis;
    private final BudgetUse day;
    private final BudgetUse month;
    private final @Nullable Verdict verdict;
    private final boolean succeeded;
    private final @Nullable String reason;
    private final String model;
    private final boolean unpriced;
    private final long costPicoUsd;
    private final long latencyMillis;
    private final Usage usage;

    private Observation(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.tier = Objects.requireNonNull(b.tier, "tier");
        this.seq = b.seq;
        this.atMillis = b.atMillis;
        this.day = Objects.requireNonNull(b.day, "day");
        this.month = Objects.requireNonNull(b.month, "month");
        this.verdict = b.verdict;
        this.succeeded = b.succeeded;
        this.reason = b.reason;
        this.model = Objects.requireNonNull(b.model, "model");
        this.unpriced = b.unpriced;
        this.costPicoUsd = b.costPicoUsd;
        this.latencyMillis = b.latencyMillis;
        this.usage = b.usage;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** The tenant. */
    public String tenantId() {
        return tenantId;
    }

    /** The tenant's tier. */
    public String tier() {
        return tier;
    }

    /** The event's number in the tenant's history. */
    public long seq() {
        return seq;
    }

    /** When the stream took the event, epoch milliseconds; never goes back within a tenant. */
    public long atMillis() {
        return atMillis;
    }

    /** The day's budget after the event. */
    public BudgetUse day() {
        return day;
    }

    /** The month's budget after the event. */
    public BudgetUse month() {
        return month;
    }

    /** What was decided; null if the event was the end of a call. */
    public @Nullable Verdict verdict() {
        return verdict;
    }

    /** Whether a call ended with an answer. */
    public boolean succeeded() {
        return succeeded;
    }

    /** Why a request was rejected or a call failed; null if neither. */
    public @Nullable String reason() {
        return reason;
    }

    /** The model asked or answering. */
    public String model() {
        return model;
    }

    /** Whether that model has no price. */
    public boolean unpriced() {
        return unpriced;
    }

    /** What the call cost, 10^-12 USD. */
    public long costPicoUsd() {
        return costPicoUsd;
    }

    /** From the start of the call to its end; 0 if none was made. */
    public long latencyMillis() {
        return latencyMillis;
    }

    /** The tokens of the call. */
    public Usage usage() {
        return usage;
    }

    /** Whether it is an end that speaks for or against the service: not a client's withdrawal. */
    public boolean judgesService() {
        return verdict == null
                && (succeeded || (reason != null && !Names.CANCELLED.equals(reason)));
    }

    /** Whether it is an answer that took longer than promised. */
    public boolean isSlow(SloObjective objective) {
        return succeeded && latencyMillis > objective.fastMillis();
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        private @Nullable String tenantId;
        private @Nullable String tier;
        private long seq;
        private long atMillis;
        private @Nullable BudgetUse day;
        private @Nullable BudgetUse month;
        private @Nullable Verdict verdict;
        private boolean succeeded;
        private @Nullable String reason;
        private @Nullable String model;
        private boolean unpriced;
        private long costPicoUsd;
        private long latencyMillis;
        private Usage usage = Usage.NONE;

        private Builder() {}

        /** The tenant and its tier. */
        public Builder tenant(String id, String ofTier) {
            this.tenantId = id;
            this.tier = ofTier;
            return this;
        }

        /** The event's number and arrival time, epoch milliseconds. */
        public Builder event(long number, long arrivedAtMillis) {
            this.seq = number;
            this.atMillis = arrivedAtMillis;
            return this;
        }

        /** The budgets after the event. */
        public Builder budgets(BudgetUse ofDay, BudgetUse ofMonth) {
            this.day = ofDay;
            this.month = ofMonth;
            return this;
        }

        /** What was decided about a request. */
        public Builder decided(Verdict value, @Nullable String why) {
            this.verdict = value;
            this.reason = why;
            return this;
        }

        /** How a call ended. */
        public Builder ended(boolean withAnswer, @Nullable String why) {
            this.succeeded = withAnswer;
            this.reason = why;
            return this;
        }

        /** The model, and whether it has no price. */
        public Builder model(String value, boolean withoutPrice) {
            this.model = value;
            this.unpriced = withoutPrice;
            return this;
        }

        /** What the call cost, took and used. */
        public Builder call(long picoUsd, long tookMillis, Usage tokens) {
            this.costPicoUsd = picoUsd;
            this.latencyMillis = tookMillis;
            this.usage = tokens;
            return this;
        }

        /** The finished value; throws if a required one is missing. */
        public Observation build() {
            return new Observation(this);
        }
    }
}
