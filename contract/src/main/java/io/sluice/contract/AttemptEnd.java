package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt to call a model ended, priced once when it was recorded. An attempt is
 * <em>ambiguous</em> when no answer of the provider is on record: the run that made it died, or the
 * connection did. What an ambiguous attempt may have used is then an estimate, which is marked as
 * such and never part of an exact sum.
 */
public final class AttemptEnd {
    private final long finishedAtMillis;
    private final String finishedBy;
    private final OutcomeStatus status;
    private final @Nullable String reason;
    private final @Nullable String stopReason;
    private final Usage usage;
    private final long costPicoUsd;
    private final String priceVersion;
    private final long latencyMillis;
    private final @Nullable String output;
    private final boolean ambiguous;
    private final boolean estimated;

    private AttemptEnd(Builder b) {
        this.finishedAtMillis = b.finishedAtMillis;
        this.finishedBy = Objects.requireNonNull(b.finishedBy, "finishedBy");
        this.status = Objects.requireNonNull(b.status, "status");
        this.reason = b.reason;
        this.stopReason = b.stopReason;
        this.usage = Objects.requireNonNull(b.usage, "usage");
        this.costPicoUsd = b.costPicoUsd;
        this.priceVersion = Objects.requireNonNull(b.priceVersion, "priceVersion");
        this.latencyMillis = b.latencyMillis;
        this.output = b.output;
        this.ambiguous = b.ambiguous;
        this.estimated = b.estimated;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.finishedAtMillis = finishedAtMillis;
        b.finishedBy = finishedBy;
        b.status = status;
        b.reason = reason;
        b.stopReason = stopReason;
        b.usage = usage;
        b.costPicoUsd = costPicoUsd;
        b.priceVersion = priceVersion;
        b.latencyMillis = latencyMillis;
        b.output = output;
        b.ambiguous = ambiguous;
        b.estimated = estimated;
        return b;
    }

    /** When it was known, epoch milliseconds. */
    public long finishedAtMillis() {
        return finishedAtMillis;
    }

    /** The run that recorded it; not the one that claimed when that had died. */
    public String finishedBy() {
        return finishedBy;
    }

    /** Whether the model answered. */
    public OutcomeStatus status() {
        return status;
    }

    /** Why it did not, by the name of the failure's kind; null on success. */
    public @Nullable String reason() {
        return reason;
    }

    /** Why the model stopped, in the provider's words; null without an answer. */
    public @Nullable String stopReason() {
        return stopReason;
    }

    /** The tokens to pay the provider for, as it counted them, or as estimated. */
    public Usage usage() {
        return usage;
    }

    /** Their price, 10^-12 USD, at least 0. */
    public long costPicoUsd() {
        return costPicoUsd;
    }

    /** The price book that gave it. */
    public String priceVersion() {
        return priceVersion;
    }

    /** From the call to its end; 0 when that is not known. */
    public long latencyMillis() {
        return latencyMillis;
    }

    /** The answer, see {@link io.sluice.contract.json.AnswerPayload}; null if there is none. */
    public @Nullable String output() {
        return output;
    }

    /** Whether nobody knows what the provider made of it. */
    public boolean ambiguous() {
        return ambiguous;
    }

    /**
     * Whether usage and cost are estimates: of ambiguous attempts, and of answers that came without
     * counts.
     */
    public boolean estimated() {
        return estimated;
    }

    /** What must be paid to the provider for certain, 10^-12 USD. */
    public long exactCostPicoUsd() {
        return estimated ? 0 : costPicoUsd;
    }

    /** What may have to be paid to it besides, 10^-12 USD. */
    public long estimatedCostPicoUsd() {
        return estimated ? costPicoUsd : 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof AttemptEnd)) {
            return false;
        }
        AttemptEnd that = (AttemptEnd) other;
        return finishedAtMillis == that.finishedAtMillis
                && Objects.equals(finishedBy, that.finishedBy)
                && Objects.equals(status, that.status)
                && Objects.equals(reason, that.reason)
                && Objects.equals(stopReason, that.stopReason)
                && Objects.equals(usage, that.usage)
                && costPicoUsd == that.costPicoUsd
                && Objects.equals(priceVersion, that.priceVersion)
                && latencyMillis == that.latencyMillis
                && Objects.equals(output, that.output)
                && ambiguous == that.ambiguous
                && estimated == that.estimated;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                finishedAtMillis,
                finishedBy,
                status,
                reason,
                stopReason,
                usage,
                costPicoUsd,
                priceVersion,
                latencyMillis,
                output,
                ambiguous,
                estimated);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "AttemptEnd{"
                + "finishedAtMillis="
                + finishedAtMillis
                + ", finishedBy="
                + finishedBy
                + ", status="
                + status
                + ", reason="
                + reason
                + ", stopReason="
                + stopReason
                + ", usage="
                + usage
                + ", costPicoUsd="
                + costPicoUsd
                + ", priceVersion="
                + priceVersion
                + ", latencyMillis="
                + latencyMillis
                + ", ambiguous="
                + ambiguous
                + ", estimated="
                + estimated
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        private long finishedAtMillis;

        @SuppressWarnings("NullAway.Init")
        private String finishedBy;

        @SuppressWarnings("NullAway.Init")
        private OutcomeStatus status;

        private @Nullable String reason;
        private @Nullable String stopReason;

        @SuppressWarnings("NullAway.Init")
        private Usage usage;

        private long costPicoUsd;

        @SuppressWarnings("NullAway.Init")
        private String priceVersion;

        private long latencyMillis;
        private @Nullable String output;
        private boolean ambiguous;
        private boolean estimated;

        private Builder() {}

        /** When it was known, epoch milliseconds. */
        public Builder finishedAtMillis(long value) {
            this.finishedAtMillis = value;
            return this;
        }

        /** The run that recorded it; not the one that claimed when that had died. */
        public Builder finishedBy(String value) {
            this.finishedBy = value;
            return this;
        }

        /** Whether the model answered. */
        public Builder status(OutcomeStatus value) {
            this.status = value;
            return this;
        }

        /** Why it did not, by the name of the failure's kind; null on success. */
        public Builder reason(@Nullable String value) {
            this.reason = value;
            return this;
        }

        /** Why the model stopped, in the provider's words; null without an answer. */
        public Builder stopReason(@Nullable String value) {
            this.stopReason = value;
            return this;
        }

        /** The tokens to pay the provider for, as it counted them, or as estimated. */
        public Builder usage(Usage value) {
            this.usage = value;
            return this;
        }

        /** Their price, 10^-12 USD, at least 0. */
        public Builder costPicoUsd(long value) {
            this.costPicoUsd = value;
            return this;
        }

        /** The price book that gave it. */
        public Builder priceVersion(String value) {
            this.priceVersion = value;
            return this;
        }

        /** From the call to its end; 0 when that is not known. */
        public Builder latencyMillis(long value) {
            this.latencyMillis = value;
            return this;
        }

        /** The answer, see {@link io.sluice.contract.json.AnswerPayload}; null if there is none. */
        public Builder output(@Nullable String value) {
            this.output = value;
            return this;
        }

        /** Whether nobody knows what the provider made of it. */
        public Builder ambiguous(boolean value) {
            this.ambiguous = value;
            return this;
        }

        /** Whether usage and cost are estimates. */
        public Builder estimated(boolean value) {
            this.estimated = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public AttemptEnd build() {
            if (costPicoUsd < 0) {
                throw new IllegalArgumentException(
                        "cost_pico_usd: seen " + costPicoUsd + ", expected 0 or more");
            }
            if (estimated && !ambiguous && !usage.estimated()) {
                throw new IllegalArgumentException(
                        "estimated: seen for an attempt that is not ambiguous; what the provider"
                                + " counted is exact");
            }
            return new AttemptEnd(this);
        }
    }
}
