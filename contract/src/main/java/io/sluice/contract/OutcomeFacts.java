package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the engine may know of how a call ended; priced once, where it was made. */
public final class OutcomeFacts {
    private static final long AS_COST = -1;

    private final String tenantId;
    private final String requestId;
    private final int attempt;
    private final long finishedAtMillis;
    private final OutcomeStatus status;
    private final @Nullable String reason;
    private final String model;
    private final @Nullable String stopReason;
    private final boolean complete;
    private final boolean stale;
    private final Usage usage;
    private final long costPicoUsd;
    private final long providerCostPicoUsd;
    private final long estimatedCostPicoUsd;
    private final String priceVersion;
    private final long latencyMillis;

    private OutcomeFacts(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.requestId = Objects.requireNonNull(b.requestId, "requestId");
        this.attempt = b.attempt;
        this.finishedAtMillis = b.finishedAtMillis;
        this.status = Objects.requireNonNull(b.status, "status");
        this.reason = b.reason;
        this.model = Objects.requireNonNull(b.model, "model");
        this.stopReason = b.stopReason;
        this.complete = b.complete;
        this.stale = b.stale;
        this.usage = Objects.requireNonNull(b.usage, "usage");
        this.costPicoUsd = b.costPicoUsd;
        this.providerCostPicoUsd =
                b.providerCostPicoUsd == AS_COST ? b.costPicoUsd : b.providerCostPicoUsd;
        this.estimatedCostPicoUsd = b.estimatedCostPicoUsd;
        this.priceVersion = Objects.requireNonNull(b.priceVersion, "priceVersion");
        this.latencyMillis = b.latencyMillis;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.tenantId = tenantId;
        b.requestId = requestId;
        b.attempt = attempt;
        b.finishedAtMillis = finishedAtMillis;
        b.status = status;
        b.reason = reason;
        b.model = model;
        b.stopReason = stopReason;
        b.complete = complete;
        b.stale = stale;
        b.usage = usage;
        b.costPicoUsd = costPicoUsd;
        b.providerCostPicoUsd = providerCostPicoUsd;
        b.estimatedCostPicoUsd = estimatedCostPicoUsd;
        b.priceVersion = priceVersion;
        b.latencyMillis = latencyMillis;
        return b;
    }

    /** The tenant. */
    public String tenantId() {
        return tenantId;
    }

    /** The request it answers. */
    public String requestId() {
        return requestId;
    }

    /** Number of the attempt that ended it, from 1; 0 if none was made. */
    public int attempt() {
        return attempt;
    }

    /**
     * When it ended by the invoker's clock, epoch milliseconds; for display, never for decisions.
     */
    public long finishedAtMillis() {
        return finishedAtMillis;
    }

    /** How it ended. */
    public OutcomeStatus status() {
        return status;
    }

    /** Why it failed, such as {@code model-error}; null on success. */
    public @Nullable String reason() {
        return reason;
    }

    /** The model that answered or was asked. */
    public String model() {
        return model;
    }

    /** Why the model stopped, in the provider's words; null if it did not answer. */
    public @Nullable String stopReason() {
        return stopReason;
    }

    /** Whether the answer is whole and may be served again. */
    public boolean complete() {
        return complete;
    }

    /** Whether it is an earlier answer that outlived its TTL, served because no model was left. */
    public boolean stale() {
        return stale;
    }

    /** The tokens consumed. */
    public Usage usage() {
        return usage;
    }

    /** Their price in 10^-12 USD. */
    public long costPicoUsd() {
        return costPicoUsd;
    }

    /** What the provider is paid for all attempts whose end is known, 10^-12 USD. */
    public long providerCostPicoUsd() {
        return providerCostPicoUsd;
    }

    /** What it may have to be paid for attempts whose end nobody knows, 10^-12 USD; an estimate. */
    public long estimatedCostPicoUsd() {
        return estimatedCostPicoUsd;
    }

    /** The price book that gave it. */
    public String priceVersion() {
        return priceVersion;
    }

    /** From the start of the call to its end. */
    public long latencyMillis() {
        return latencyMillis;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof OutcomeFacts)) {
            return false;
        }
        OutcomeFacts that = (OutcomeFacts) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(requestId, that.requestId)
                && attempt == that.attempt
                && finishedAtMillis == that.finishedAtMillis
                && Objects.equals(status, that.status)
                && Objects.equals(reason, that.reason)
                && Objects.equals(model, that.model)
                && Objects.equals(stopReason, that.stopReason)
                && complete == that.complete
                && stale == that.stale
                && Objects.equals(usage, that.usage)
                && costPicoUsd == that.costPicoUsd
                && providerCostPicoUsd == that.providerCostPicoUsd
                && estimatedCostPicoUsd == that.estimatedCostPicoUsd
                && Objects.equals(priceVersion, that.priceVersion)
                && latencyMillis == that.latencyMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                tenantId,
                requestId,
                attempt,
                finishedAtMillis,
                status,
                reason,
                model,
                stopReason,
                complete,
                stale,
                usage,
                costPicoUsd,
                providerCostPicoUsd,
                estimatedCostPicoUsd,
                priceVersion,
                latencyMillis);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "OutcomeFacts{"
                + "tenantId="
                + tenantId
                + ", requestId="
                + requestId
                + ", attempt="
                + attempt
                + ", finishedAtMillis="
                + finishedAtMillis
                + ", status="
                + status
                + ", reason="
                + reason
                + ", model="
                + model
                + ", stopReason="
                + stopReason
                + ", complete="
                + complete
                + ", stale="
                + stale
                + ", usage="
                + usage
                + ", costPicoUsd="
                + costPicoUsd
                + ", providerCostPicoUsd="
                + providerCostPicoUsd
                + ", estimatedCostPicoUsd="
                + estimatedCostPicoUsd
                + ", priceVersion="
                + priceVersion
                + ", latencyMillis="
                + latencyMillis
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String tenantId;

        @SuppressWarnings("NullAway.Init")
        private String requestId;

        private int attempt;
        private long finishedAtMillis;

        @SuppressWarnings("NullAway.Init")
        private OutcomeStatus status;

        private @Nullable String reason;

        @SuppressWarnings("NullAway.Init")
        private String model;

        private @Nullable String stopReason;
        private boolean complete;
        private boolean stale;

        @SuppressWarnings("NullAway.Init")
        private Usage usage;

        private long costPicoUsd;
        private long providerCostPicoUsd = AS_COST;
        private long estimatedCostPicoUsd;

        @SuppressWarnings("NullAway.Init")
        private String priceVersion;

        private long latencyMillis;

        private Builder() {}

        /** The tenant. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** The request it answers. */
        public Builder requestId(String value) {
            this.requestId = value;
            return this;
        }

        /** Number of the attempt that ended it, from 1; 0 if none was made. */
        public Builder attempt(int value) {
            this.attempt = value;
            return this;
        }

        /**
         * When it ended by the invoker's clock, epoch milliseconds; for display, never for
         * decisions.
         */
        public Builder finishedAtMillis(long value) {
            this.finishedAtMillis = value;
            return this;
        }

        /** How it ended. */
        public Builder status(OutcomeStatus value) {
            this.status = value;
            return this;
        }

        /** Why it failed, such as {@code model-error}; null on success. */
        public Builder reason(@Nullable String value) {
            this.reason = value;
            return this;
        }

        /** The model that answered or was asked. */
        public Builder model(String value) {
            this.model = value;
            return this;
        }

        /** Why the model stopped, in the provider's words; null if it did not answer. */
        public Builder stopReason(@Nullable String value) {
            this.stopReason = value;
            return this;
        }

        /** Whether the answer is whole and may be served again. */
        public Builder complete(boolean value) {
            this.complete = value;
            return this;
        }

        /** Whether it is an earlier answer that outlived its TTL. */
        public Builder stale(boolean value) {
            this.stale = value;
            return this;
        }

        /** The tokens consumed. */
        public Builder usage(Usage value) {
            this.usage = value;
            return this;
        }

        /** Their price in 10^-12 USD. */
        public Builder costPicoUsd(long value) {
            this.costPicoUsd = value;
            return this;
        }

        /**
         * What the provider is paid for all attempts whose end is known, 10^-12 USD. As the cost if
         * it is not set.
         */
        public Builder providerCostPicoUsd(long value) {
            this.providerCostPicoUsd = value;
            return this;
        }

        /**
         * What it may have to be paid for attempts whose end nobody knows, 10^-12 USD; an estimate.
         */
        public Builder estimatedCostPicoUsd(long value) {
            this.estimatedCostPicoUsd = value;
            return this;
        }

        /** The price book that gave it. */
        public Builder priceVersion(String value) {
            this.priceVersion = value;
            return this;
        }

        /** From the start of the call to its end. */
        public Builder latencyMillis(long value) {
            this.latencyMillis = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public OutcomeFacts build() {
            return new OutcomeFacts(this);
        }
    }
}
