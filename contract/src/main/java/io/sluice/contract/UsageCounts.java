package io.sluice.contract;

import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counters of one usage window. Money has no upper bound here: windows, days and tenants may be
 * added up in any number. A table's number holds 38 digits, which is 10<sup>26</sup> USD a row.
 */
public final class UsageCounts {
    private final long requests;
    private final long admitted;
    private final long rejected;
    private final long cacheHits;
    private final long coalesced;
    private final long failed;
    private final long inputTokens;
    private final long outputTokens;
    private final long cacheReadTokens;
    private final long cacheWriteTokens;
    private final BigInteger costPicoUsd;
    private final BigInteger providerCostPicoUsd;
    private final BigInteger estimatedCostPicoUsd;

    private UsageCounts(Builder b) {
        this.requests = b.requests;
        this.admitted = b.admitted;
        this.rejected = b.rejected;
        this.cacheHits = b.cacheHits;
        this.coalesced = b.coalesced;
        this.failed = b.failed;
        this.inputTokens = b.inputTokens;
        this.outputTokens = b.outputTokens;
        this.cacheReadTokens = b.cacheReadTokens;
        this.cacheWriteTokens = b.cacheWriteTokens;
        this.costPicoUsd = b.costPicoUsd;
        this.providerCostPicoUsd =
                b.providerCostPicoUsd == null ? b.costPicoUsd : b.providerCostPicoUsd;
        this.estimatedCostPicoUsd = b.estimatedCostPicoUsd;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.requests = requests;
        b.admitted = admitted;
        b.rejected = rejected;
        b.cacheHits = cacheHits;
        b.coalesced = coalesced;
        b.failed = failed;
        b.inputTokens = inputTokens;
        b.outputTokens = outputTokens;
        b.cacheReadTokens = cacheReadTokens;
        b.cacheWriteTokens = cacheWriteTokens;
        b.costPicoUsd = costPicoUsd;
        b.providerCostPicoUsd = providerCostPicoUsd;
        b.estimatedCostPicoUsd = estimatedCostPicoUsd;
        return b;
    }

    /** Requests decided. */
    public long requests() {
        return requests;
    }

    /** Of these, admitted (includes cache hits and coalesced). */
    public long admitted() {
        return admitted;
    }

    /** Of these, rejected. */
    public long rejected() {
        return rejected;
    }

    /** Of the admitted, served from the cache. */
    public long cacheHits() {
        return cacheHits;
    }

    /** Of the admitted, answered by an identical call in flight. */
    public long coalesced() {
        return coalesced;
    }

    /** Of the admitted, ended without an answer. */
    public long failed() {
        return failed;
    }

    /** Uncached input tokens billed. */
    public long inputTokens() {
        return inputTokens;
    }

    /** Output tokens billed. */
    public long outputTokens() {
        return outputTokens;
    }

    /** Prompt-cache read tokens billed. */
    public long cacheReadTokens() {
        return cacheReadTokens;
    }

    /** Prompt-cache write tokens billed. */
    public long cacheWriteTokens() {
        return cacheWriteTokens;
    }

    /** Cost billed, 10^-12 USD. */
    public BigInteger costPicoUsd() {
        return costPicoUsd;
    }

    /** What the provider is paid for all attempts whose end is known, 10^-12 USD. */
    public BigInteger providerCostPicoUsd() {
        return providerCostPicoUsd;
    }

    /** What it may have to be paid for attempts whose end nobody knows, 10^-12 USD; an estimate. */
    public BigInteger estimatedCostPicoUsd() {
        return estimatedCostPicoUsd;
    }

    /**
     * Both together. A sum of tokens beyond 2<sup>63</sup>-1 stops there: no model has so many, and
     * a count that is none must not stop a tenant.
     */
    public UsageCounts plus(UsageCounts other) {
        return builder()
                .requests(requests + other.requests)
                .admitted(admitted + other.admitted)
                .rejected(rejected + other.rejected)
                .cacheHits(cacheHits + other.cacheHits)
                .coalesced(coalesced + other.coalesced)
                .failed(failed + other.failed)
                .inputTokens(upTo63Bits(inputTokens, other.inputTokens))
                .outputTokens(upTo63Bits(outputTokens, other.outputTokens))
                .cacheReadTokens(upTo63Bits(cacheReadTokens, other.cacheReadTokens))
                .cacheWriteTokens(upTo63Bits(cacheWriteTokens, other.cacheWriteTokens))
                .costPicoUsd(costPicoUsd.add(other.costPicoUsd))
                .providerCostPicoUsd(providerCostPicoUsd.add(other.providerCostPicoUsd))
                .estimatedCostPicoUsd(estimatedCostPicoUsd.add(other.estimatedCostPicoUsd))
                .build();
    }

    /** Nothing counted yet. */
    public static final UsageCounts ZERO = builder().build();

    /** Nothing counted. */
    public static final UsageCounts NONE = builder().build();

    private static long upTo63Bits(long a, long b) {
        long sum = a + b;
        return a >= 0 && b >= 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof UsageCounts)) {
            return false;
        }
        UsageCounts that = (UsageCounts) other;
        return requests == that.requests
                && admitted == that.admitted
                && rejected == that.rejected
                && cacheHits == that.cacheHits
                && coalesced == that.coalesced
                && failed == that.failed
                && inputTokens == that.inputTokens
                && outputTokens == that.outputTokens
                && cacheReadTokens == that.cacheReadTokens
                && cacheWriteTokens == that.cacheWriteTokens
                && costPicoUsd.equals(that.costPicoUsd)
                && providerCostPicoUsd.equals(that.providerCostPicoUsd)
                && estimatedCostPicoUsd.equals(that.estimatedCostPicoUsd);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                requests,
                admitted,
                rejected,
                cacheHits,
                coalesced,
                failed,
                inputTokens,
                outputTokens,
                cacheReadTokens,
                cacheWriteTokens,
                costPicoUsd,
                providerCostPicoUsd,
                estimatedCostPicoUsd);
    }

    /** Everything but payloads and secrets. */
    @Override
    public String toString() {
        return "UsageCounts{"
                + "requests="
                + requests
                + ", admitted="
                + admitted
                + ", rejected="
                + rejected
                + ", cacheHits="
                + cacheHits
                + ", coalesced="
                + coalesced
                + ", failed="
                + failed
                + ", inputTokens="
                + inputTokens
                + ", outputTokens="
                + outputTokens
                + ", cacheReadTokens="
                + cacheReadTokens
                + ", cacheWriteTokens="
                + cacheWriteTokens
                + ", costPicoUsd="
                + costPicoUsd
                + ", providerCostPicoUsd="
                + providerCostPicoUsd
                + ", estimatedCostPicoUsd="
                + estimatedCostPicoUsd
                + '}';
    }

    /** Collects the values; {@link #build()} checks that the required ones are there. */
    public static final class Builder {
        private long requests;
        private long admitted;
        private long rejected;
        private long cacheHits;
        private long coalesced;
        private long failed;
        private long inputTokens;
        private long outputTokens;
        private long cacheReadTokens;
        private long cacheWriteTokens;
        private BigInteger costPicoUsd = BigInteger.ZERO;
        private @Nullable BigInteger providerCostPicoUsd;
        private BigInteger estimatedCostPicoUsd = BigInteger.ZERO;

        private Builder() {}

        /** Requests decided. */
        public Builder requests(long value) {
            this.requests = value;
            return this;
        }

        /** Of these, admitted (includes cache hits and coalesced). */
        public Builder admitted(long value) {
            this.admitted = value;
            return this;
        }

        /** Of these, rejected. */
        public Builder rejected(long value) {
            this.rejected = value;
            return this;
        }

        /** Of the admitted, served from the cache. */
        public Builder cacheHits(long value) {
            this.cacheHits = value;
            return this;
        }

        /** Of the admitted, answered by an identical call in flight. */
        public Builder coalesced(long value) {
            this.coalesced = value;
            return this;
        }

        /** Of the admitted, ended without an answer. */
        public Builder failed(long value) {
            this.failed = value;
            return this;
        }

        /** Uncached input tokens billed. */
        public Builder inputTokens(long value) {
            this.inputTokens = value;
            return this;
        }

        /** Output tokens billed. */
        public Builder outputTokens(long value) {
            this.outputTokens = value;
            return this;
        }

        /** Prompt-cache read tokens billed. */
        public Builder cacheReadTokens(long value) {
            this.cacheReadTokens = value;
            return this;
        }

        /** Prompt-cache write tokens billed. */
        public Builder cacheWriteTokens(long value) {
            this.cacheWriteTokens = value;
            return this;
        }

        /** Cost billed, 10^-12 USD. */
        public Builder costPicoUsd(long value) {
            return costPicoUsd(BigInteger.valueOf(value));
        }

        /** Cost billed, 10^-12 USD. */
        public Builder costPicoUsd(BigInteger value) {
            this.costPicoUsd = value;
            return this;
        }

        /**
         * What the provider is paid for all attempts whose end is known, 10^-12 USD. As the cost if
         * it is not set.
         */
        public Builder providerCostPicoUsd(long value) {
            return providerCostPicoUsd(BigInteger.valueOf(value));
        }

        /** What the provider is paid, 10^-12 USD; as the cost if it is not set. */
        public Builder providerCostPicoUsd(BigInteger value) {
            this.providerCostPicoUsd = value;
            return this;
        }

        /**
         * What it may have to be paid for attempts whose end nobody knows, 10^-12 USD; an estimate.
         */
        public Builder estimatedCostPicoUsd(long value) {
            return estimatedCostPicoUsd(BigInteger.valueOf(value));
        }

        /** What it may have to be paid besides, 10^-12 USD; an estimate. */
        public Builder estimatedCostPicoUsd(BigInteger value) {
            this.estimatedCostPicoUsd = value;
            return this;
        }

        /** The finished value; throws if a required one is missing or out of range. */
        public UsageCounts build() {
            return new UsageCounts(this);
        }
    }
}
