package io.sluice.contract;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the engine decided about one request, and why. */
public final class Decision {
    private final Verdict outcome;
    private final @Nullable String reason;
    private final List<String> violated;
    private final long retryAfterMillis;
    private final List<LimitStatus> limits;
    private final List<String> shadow;
    private final List<String> warnings;
    private final @Nullable String downgradedTo;
    private final boolean unpriced;
    private final int policyVersion;
    private final long decidedAtMillis;
    private final long seq;
    private final boolean clockAdjusted;

    private Decision(Builder b) {
        this.outcome = Objects.requireNonNull(b.outcome, "outcome");
        this.reason = b.reason;
        this.violated = List.copyOf(b.violated);
        this.retryAfterMillis = b.retryAfterMillis;
        this.limits = List.copyOf(b.limits);
        this.shadow = List.copyOf(b.shadow);
        this.warnings = List.copyOf(b.warnings);
        this.downgradedTo = b.downgradedTo;
        this.unpriced = b.unpriced;
        this.policyVersion = b.policyVersion;
        this.decidedAtMillis = b.decidedAtMillis;
        this.seq = b.seq;
        this.clockAdjusted = b.clockAdjusted;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.outcome = outcome;
        b.reason = reason;
        b.violated = violated;
        b.retryAfterMillis = retryAfterMillis;
        b.limits = limits;
        b.shadow = shadow;
        b.warnings = warnings;
        b.downgradedTo = downgradedTo;
        b.unpriced = unpriced;
        b.policyVersion = policyVersion;
        b.decidedAtMillis = decidedAtMillis;
        b.seq = seq;
        b.clockAdjusted = clockAdjusted;
        return b;
    }

    /** What happens to the request. */
    public Verdict outcome() {
        return outcome;
    }

    /** Why it was rejected or failed, such as {@code requests-per-minute}; null if neither. */
    public @Nullable String reason() {
        return reason;
    }

    /** Names of all limits that refused it, in a fixed order; empty if none did. */
    public List<String> violated() {
        return violated;
    }

    /**
     * Milliseconds after which a retry can succeed; -1 if waiting does not help or is not needed.
     */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }

    /** Every limit that was looked at, in the order of evaluation. */
    public List<LimitStatus> limits() {
        return limits;
    }

    /** Names of limits that would have refused it but are not enforced. */
    public List<String> shadow() {
        return shadow;
    }

    /** Names of budgets that are spent but only warn or downgrade. */
    public List<String> warnings() {
        return warnings;
    }

    /** The cheaper model that a spent budget turned it to; null if none did. */
    public @Nullable String downgradedTo() {
        return downgradedTo;
    }

    /** Whether the model has no price, so that no money was reserved. */
    public boolean unpriced() {
        return unpriced;
    }

    /** The version of the tenant's policy that applied. */
    public int policyVersion() {
        return policyVersion;
    }

    /** Decision time, epoch milliseconds: the clock that all limits are stated over. */
    public long decidedAtMillis() {
        return decidedAtMillis;
    }

    /** The event's number in the tenant's history, from 1. */
    public long seq() {
        return seq;
    }

    /**
     * Whether the ingress clock was too far from the stream's and arrival time was used instead.
     */
    public boolean clockAdjusted() {
        return clockAdjusted;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Decision)) {
            return false;
        }
        Decision that = (Decision) other;
        return Objects.equals(outcome, that.outcome)
                && Objects.equals(reason, that.reason)
                && Objects.equals(violated, that.violated)
                && retryAfterMillis == that.retryAfterMillis
                && Objects.equals(limits, that.limits)
                && Objects.equals(shadow, that.shadow)
                && Objects.equals(warnings, that.warnings)
                && Objects.equals(downgradedTo, that.downgradedTo)
                && unpriced == that.unpriced
                && policyVersion == that.policyVersion
                && decidedAtMillis == that.decidedAtMillis
                && seq == that.seq
                && clockAdjusted == that.clockAdjusted;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                outcome,
                reason,
                violated,
                retryAfterMillis,
                limits,
                shadow,
                warnings,
                downgradedTo,
                unpriced,
                policyVersion,
                decidedAtMillis,
                seq,
                clockAdjusted);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "Decision{"
                + "outcome="
                + outcome
                + ", reason="
                + reason
                + ", violated="
                + violated
                + ", retryAfterMillis="
                + retryAfterMillis
                + ", limits="
                + limits
                + ", shadow="
                + shadow
                + ", warnings="
                + warnings
                + ", downgradedTo="
                + downgradedTo
                + ", unpriced="
                + unpriced
                + ", policyVersion="
                + policyVersion
                + ", decidedAtMillis="
                + decidedAtMillis
                + ", seq="
                + seq
                + ", clockAdjusted="
                + clockAdjusted
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private Verdict outcome;

        private @Nullable String reason;
        private List<String> violated = List.of();
        private long retryAfterMillis;
        private List<LimitStatus> limits = List.of();
        private List<String> shadow = List.of();
        private List<String> warnings = List.of();
        private @Nullable String downgradedTo;
        private boolean unpriced;
        private int policyVersion;
        private long decidedAtMillis;
        private long seq;
        private boolean clockAdjusted;

        private Builder() {}

        /** What happens to the request. */
        public Builder outcome(Verdict value) {
            this.outcome = value;
            return this;
        }

        /** Why it was rejected or failed, such as {@code requests-per-minute}; null if neither. */
        public Builder reason(@Nullable String value) {
            this.reason = value;
            return this;
        }

        /** Names of all limits that refused it, in a fixed order; empty if none did. */
        public Builder violated(List<String> value) {
            this.violated = value;
            return this;
        }

        /**
         * Milliseconds after which a retry can succeed; -1 if waiting does not help or is not
         * needed.
         */
        public Builder retryAfterMillis(long value) {
            this.retryAfterMillis = value;
            return this;
        }

        /** Every limit that was looked at, in the order of evaluation. */
        public Builder limits(List<LimitStatus> value) {
            this.limits = value;
            return this;
        }

        /** Names of limits that would have refused it but are not enforced. */
        public Builder shadow(List<String> value) {
            this.shadow = value;
            return this;
        }

        /** Names of budgets that are spent but only warn or downgrade. */
        public Builder warnings(List<String> value) {
            this.warnings = value;
            return this;
        }

        /** The cheaper model that a spent budget turned it to; null if none did. */
        public Builder downgradedTo(@Nullable String value) {
            this.downgradedTo = value;
            return this;
        }

        /** Whether the model has no price, so that no money was reserved. */
        public Builder unpriced(boolean value) {
            this.unpriced = value;
            return this;
        }

        /** The version of the tenant's policy that applied. */
        public Builder policyVersion(int value) {
            this.policyVersion = value;
            return this;
        }

        /** Decision time, epoch milliseconds: the clock that all limits are stated over. */
        public Builder decidedAtMillis(long value) {
            this.decidedAtMillis = value;
            return this;
        }

        /** The event's number in the tenant's history, from 1. */
        public Builder seq(long value) {
            this.seq = value;
            return this;
        }

        /**
         * Whether the ingress clock was too far from the stream's and arrival time was used
         * instead.
         */
        public Builder clockAdjusted(boolean value) {
            this.clockAdjusted = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public Decision build() {
            return new Decision(this);
        }
    }
}
