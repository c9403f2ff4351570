package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The final word on one request, as stored under (tenant, request) and read by the client. */
public final class ResultItem {
    private static final long AS_COST = -1;

    private final String tenantId;
    private final String requestId;
    private final ResultStatus status;
    private final Decision decision;
    private final @Nullable String output;
    private final Usage usage;
    private final long costPicoUsd;
    private final long providerCostPicoUsd;
    private final long estimatedCostPicoUsd;
    private final String priceVersion;
    private final String model;
    private final @Nullable String region;
    private final @Nullable ServiceTier serviceTier;
    private final boolean stale;
    private final String endpoint;
    private final int attempt;
    private final boolean possibleDuplicate;
    private final long latencyMillis;
    private final long receivedAtMillis;
    private final long finishedAtMillis;
    private final long expiresAtSeconds;
    private final Isolation isolation;

    private ResultItem(Builder b) {
        this.tenantId = Objects.requireNonNull(b.tenantId, "tenantId");
        this.requestId = Objects.requireNonNull(b.requestId, "requestId");
        this.status = Objects.requireNonNull(b.status, "status");
        this.decision = Objects.requireNonNull(b.decision, "decision");
        this.output = b.output;
        this.usage = Objects.requireNonNull(b.usage, "usage");
        this.costPicoUsd = b.costPicoUsd;
        this.providerCostPicoUsd =
                b.providerCostPicoUsd == AS_COST ? b.costPicoUsd : b.providerCostPicoUsd;
        this.estimatedCostPicoUsd = b.estimatedCostPicoUsd;
        this.priceVersion = Objects.requireNonNull(b.priceVersion, "priceVersion");
        this.model = Objects.requireNonNull(b.model, "model");
        this.region = b.region;
        this.serviceTier = b.serviceTier;
        this.stale = b.stale;
        this.endpoint = Objects.requireNonNull(b.endpoint, "endpoint");
        this.attempt = b.attempt;
        this.possibleDuplicate = b.possibleDuplicate;
        this.latencyMillis = b.latencyMillis;
        this.receivedAtMillis = b.receivedAtMillis;
        this.finishedAtMillis = b.finishedAtMillis;
        this.expiresAtSeconds = b.expiresAtSeconds;
        this.isolation = Objects.requireNonNull(b.isolation, "isolation");
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
        b.status = status;
        b.decision = decision;
        b.output = output;
        b.usage = usage;
        b.costPicoUsd = costPicoUsd;
        b.providerCostPicoUsd = providerCostPicoUsd;
        b.estimatedCostPicoUsd = estimatedCostPicoUsd;
        b.priceVersion = priceVersion;
        b.model = model;
        b.region = region;
        b.serviceTier = serviceTier;
        b.stale = stale;
        b.endpoint = endpoint;
        b.attempt = attempt;
        b.possibleDuplicate = possibleDuplicate;
        b.latencyMillis = latencyMillis;
        b.receivedAtMillis = receivedAtMillis;
        b.finishedAtMillis = finishedAtMillis;
        b.expiresAtSeconds = expiresAtSeconds;
        b.isolation = isolation;
        return b;
    }

    /** The tenant. */
    public String tenantId() {
        return tenantId;
    }

    /** The request. */
    public String requestId() {
        return requestId;
    }

    /** How it ended. */
    public ResultStatus status() {
        return status;
    }

    /** What was decided, and why. */
    public Decision decision() {
        return decision;
    }

    /** The answer, see {@link io.sluice.contract.json.AnswerPayload}; null if there is none. */
    public @Nullable String output() {
        return output;
    }

    /** Tokens billed to this request. */
    public Usage usage() {
        return usage;
    }

    /** Cost billed to this request, 10^-12 USD. */
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

    /** The price book that gave the cost. */
    public String priceVersion() {
        return priceVersion;
    }

    /** The model that answered, or that was asked for. */
    public String model() {
        return model;
    }

    /** The region that answered; null if none did. */
    public @Nullable String region() {
        return region;
    }

    /** The service tier that answered; null if none did. */
    public @Nullable ServiceTier serviceTier() {
        return serviceTier;
    }

    /** Whether the answer is an earlier one that outlived its TTL, because no model was left. */
    public boolean stale() {
        return stale;
    }

    /** The endpoint label. */
    public String endpoint() {
        return endpoint;
    }

    /** The attempt that ended it; 0 if no call was made. */
    public int attempt() {
        return attempt;
    }

    /** Whether an earlier attempt may have been answered too, so that the model worked twice. */
    public boolean possibleDuplicate() {
        return possibleDuplicate;
    }

    /** Milliseconds of the model call; 0 if none was made. */
    public long latencyMillis() {
        return latencyMillis;
    }

    /** When the ingress took the request in, epoch milliseconds. */
    public long receivedAtMillis() {
        return receivedAtMillis;
    }

    /** When it ended, epoch milliseconds. */
    public long finishedAtMillis() {
        return finishedAtMillis;
    }

    /** When the store may forget it, epoch seconds. */
    public long expiresAtSeconds() {
        return expiresAtSeconds;
    }

    /** How far the tenant's rows are kept apart, by the policy in force: which table it is in. */
    public Isolation isolation() {
        return isolation;
    }

    /** How long a result is kept, seconds: 30 days. */
    public static final long RETENTION_SECONDS = 30L * 24 * 3600;

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof ResultItem)) {
            return false;
        }
        ResultItem that = (ResultItem) other;
        return Objects.equals(tenantId, that.tenantId)
                && Objects.equals(requestId, that.requestId)
                && Objects.equals(status, that.status)
                && Objects.equals(decision, that.decision)
                && Objects.equals(output, that.output)
                && Objects.equals(usage, that.usage)
                && costPicoUsd == that.costPicoUsd
                && providerCostPicoUsd == that.providerCostPicoUsd
                && estimatedCostPicoUsd == that.estimatedCostPicoUsd
                && Objects.equals(priceVersion, that.priceVersion)
                && Objects.equals(model, that.model)
                && Objects.equals(region, that.region)
                && serviceTier == that.serviceTier
                && stale == that.stale
                && Objects.equals(endpoint, that.endpoint)
                && attempt == that.attempt
                && possibleDuplicate == that.possibleDuplicate
                && latencyMillis == that.latencyMillis
                && receivedAtMillis == that.receivedAtMillis
                && finishedAtMillis == that.finishedAtMillis
                && expiresAtSeconds == that.expiresAtSeconds
                && isolation == that.isolation;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                tenantId,
                requestId,
                status,
                decision,
                output,
                usage,
                costPicoUsd,
                providerCostPicoUsd,
                estimatedCostPicoUsd,
                priceVersion,
                model,
                region,
                serviceTier,
                stale,
                endpoint,
                attempt,
                possibleDuplicate,
                latencyMillis,
                receivedAtMillis,
                finishedAtMillis,
                expiresAtSeconds,
                isolation);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "ResultItem{"
                + "tenantId="
                + tenantId
                + ", requestId="
                + requestId
                + ", status="
                + status
                + ", decision="
                + decision
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
                + ", model="
                + model
                + ", region="
                + region
                + ", serviceTier="
                + serviceTier
                + ", stale="
                + stale
                + ", endpoint="
                + endpoint
                + ", attempt="
                + attempt
                + ", possibleDuplicate="
                + possibleDuplicate
                + ", latencyMillis="
                + latencyMillis
                + ", receivedAtMillis="
                + receivedAtMillis
                + ", finishedAtMillis="
                + finishedAtMillis
                + ", expiresAtSeconds="
                + expiresAtSeconds
                + ", isolation="
                + isolation
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        @SuppressWarnings("NullAway.Init")
        private String tenantId;

        @SuppressWarnings("NullAway.Init")
        private String requestId;

        @SuppressWarnings("NullAway.Init")
        private ResultStatus status;

        @SuppressWarnings("NullAway.Init")
        private Decision decision;

        private @Nullable String output;

        @SuppressWarnings("NullAway.Init")
        private Usage usage;

        private long costPicoUsd;
        private long providerCostPicoUsd = AS_COST;
        private long estimatedCostPicoUsd;

        @SuppressWarnings("NullAway.Init")
        private String priceVersion;

        @SuppressWarnings("NullAway.Init")
        private String model;

        @SuppressWarnings("NullAway.Init")
        private String endpoint;

        private @Nullable String region;
        private @Nullable ServiceTier serviceTier;
        private boolean stale;
        private int attempt;
        private boolean possibleDuplicate;
        private long latencyMillis;
        private long receivedAtMillis;
        private long finishedAtMillis;
        private long expiresAtSeconds;
        private Isolation isolation = Isolation.POOLED;

        private Builder() {}

        /** The tenant. */
        public Builder tenantId(String value) {
            this.tenantId = value;
            return this;
        }

        /** The request. */
        public Builder requestId(String value) {
            this.requestId = value;
            return this;
        }

        /** How it ended. */
        public Builder status(ResultStatus value) {
            this.status = value;
            return this;
        }

        /** What was decided, and why. */
        public Builder decision(Decision value) {
            this.decision = value;
            return this;
        }

        /** The answer, see {@link io.sluice.contract.json.AnswerPayload}; null if there is none. */
        public Builder output(@Nullable String value) {
            this.output = value;
            return this;
        }

        /** Tokens billed to this request. */
        public Builder usage(Usage value) {
            this.usage = value;
            return this;
        }

        /** Cost billed to this request, 10^-12 USD. */
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

        /** The price book that gave the cost. */
        public Builder priceVersion(String value) {
            this.priceVersion = value;
            return this;
        }

        /** The model that answered, or that was asked for. */
        public Builder model(String value) {
            this.model = value;
            return this;
        }

        /** The region that answered; null if none did. */
        public Builder region(@Nullable String value) {
            this.region = value;
            return this;
        }

        /** The service tier that answered; null if none did. */
        public Builder serviceTier(@Nullable ServiceTier value) {
            this.serviceTier = value;
            return this;
        }

        /** Whether the answer is an earlier one that outlived its TTL. */
        public Builder stale(boolean value) {
            this.stale = value;
            return this;
        }

        /** The endpoint label. */
        public Builder endpoint(String value) {
            this.endpoint = value;
            return this;
        }

        /** The attempt that ended it; 0 if no call was made. */
        public Builder attempt(int value) {
            this.attempt = value;
            return this;
        }

        /**
         * Whether an earlier attempt may have been answered too, so that the model worked twice.
         */
        public Builder possibleDuplicate(boolean value) {
            this.possibleDuplicate = value;
            return this;
        }

        /** Milliseconds of the model call; 0 if none was made. */
        public Builder latencyMillis(long value) {
            this.latencyMillis = value;
            return this;
        }

        /** When the ingress took the request in, epoch milliseconds. */
        public Builder receivedAtMillis(long value) {
            this.receivedAtMillis = value;
            return this;
        }

        /** When it ended, epoch milliseconds. */
        public Builder finishedAtMillis(long value) {
            this.finishedAtMillis = value;
            return this;
        }

        /** When the store may forget it, epoch seconds. */
        public Builder expiresAtSeconds(long value) {
            this.expiresAtSeconds = value;
            return this;
        }

        /** How far the tenant's rows are kept apart; pooled if it is not said. */
        public Builder isolation(Isolation value) {
            this.isolation = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public ResultItem build() {
            return new ResultItem(this);
        }
    }
}
